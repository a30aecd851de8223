-- What could not be read is counted on the page of health, without a look at the texts of all other files.
CREATE INDEX file_text_unread ON file_text (state) WHERE state IN ('damaged', 'large', 'slow');
