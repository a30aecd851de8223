-- A saved view can be shown as a board or as a calendar.
ALTER TABLE saved_view ADD COLUMN shape TEXT;
ALTER TABLE saved_view ADD COLUMN calendar_date TEXT;
