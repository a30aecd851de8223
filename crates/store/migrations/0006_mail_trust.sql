ALTER TABLE message ADD COLUMN held BIGINT NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN side_id BIGINT;
ALTER TABLE message ADD COLUMN origin_id BIGINT;
ALTER TABLE message ADD COLUMN extras TEXT;
CREATE INDEX message_side ON message (side_id) WHERE side_id IS NOT NULL;
CREATE INDEX message_held ON message (id) WHERE held = 1;

ALTER TABLE ticket ADD COLUMN merged_into BIGINT REFERENCES ticket (id);
ALTER TABLE ticket ADD COLUMN absorbed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN also_desks TEXT;
CREATE INDEX ticket_merged ON ticket (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE ticket_desk (
  desk_id BIGINT NOT NULL REFERENCES desk (id),
  ticket_id BIGINT NOT NULL REFERENCES ticket (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (desk_id, ticket_id)
);
CREATE INDEX ticket_desk_ticket ON ticket_desk (ticket_id);
ALTER TABLE desk ADD COLUMN follow_up_days BIGINT;

-- A mail is the same one when its id and what it says are the same; an id alone can be anybody's.
CREATE TABLE mail_taken (
  mail_id TEXT NOT NULL,
  mailbox_id BIGINT NOT NULL,
  content_hash TEXT NOT NULL,
  intake_id BIGINT NOT NULL,
  PRIMARY KEY (mail_id, mailbox_id, content_hash)
);
INSERT INTO mail_taken (mail_id, mailbox_id, content_hash, intake_id) SELECT mail_id, mailbox_id, '', intake_id FROM mail_seen;
DROP TABLE mail_seen;
ALTER TABLE mail_thread ADD COLUMN known_by TEXT NOT NULL DEFAULT 'message';

ALTER TABLE intake ADD COLUMN client_ip TEXT;
ALTER TABLE intake ADD COLUMN helo TEXT;
ALTER TABLE intake ADD COLUMN mailbox_id BIGINT;
ALTER TABLE person_email ADD COLUMN bounced_at BIGINT;
ALTER TABLE person_email ADD COLUMN bounce TEXT;
ALTER TABLE outgoing ADD COLUMN bounced_at BIGINT;
CREATE INDEX outgoing_address ON outgoing (address, mail_id);
