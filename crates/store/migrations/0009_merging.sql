-- What an agent judged to be junk stays in the record; it is held as well, so that whatever leaves out held messages leaves it out.
ALTER TABLE message ADD COLUMN discarded BIGINT NOT NULL DEFAULT 0;

-- How a merged ticket stood before, and whom the merge brought along, so that it can be undone.
CREATE TABLE ticket_merge (
  ticket_id BIGINT NOT NULL PRIMARY KEY REFERENCES ticket (id),
  into_id BIGINT NOT NULL REFERENCES ticket (id),
  since_id BIGINT NOT NULL,
  status TEXT NOT NULL,
  resolution_code TEXT,
  resolved_at BIGINT,
  closed_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE TABLE ticket_merge_person (
  ticket_id BIGINT NOT NULL REFERENCES ticket (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  PRIMARY KEY (ticket_id, person_id, role)
);
CREATE INDEX message_origin ON message (origin_id) WHERE origin_id IS NOT NULL;
