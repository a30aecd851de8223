CREATE TABLE mailbox (
  id {ID},
  address TEXT NOT NULL UNIQUE,
  desk_id BIGINT NOT NULL REFERENCES desk (id),
  created_at BIGINT NOT NULL
);
CREATE TABLE intake (
  id {ID},
  received_at BIGINT NOT NULL,
  source TEXT NOT NULL,
  envelope_from TEXT,
  recipients TEXT NOT NULL,
  raw_hash TEXT NOT NULL REFERENCES blob (hash),
  state TEXT NOT NULL,
  tries BIGINT NOT NULL,
  outcome TEXT,
  ticket_id BIGINT,
  message_id BIGINT
);
CREATE INDEX intake_waiting ON intake (id) WHERE state = 'waiting';
CREATE INDEX intake_received ON intake (received_at);
CREATE TABLE mail_seen (
  mail_id TEXT NOT NULL,
  mailbox_id BIGINT NOT NULL,
  intake_id BIGINT NOT NULL,
  PRIMARY KEY (mail_id, mailbox_id)
);
CREATE TABLE mail_thread (
  mail_id TEXT NOT NULL PRIMARY KEY,
  ticket_id BIGINT NOT NULL REFERENCES ticket (id)
);
CREATE TABLE outgoing (
  id {ID},
  kind TEXT NOT NULL,
  ticket_id BIGINT NOT NULL REFERENCES ticket (id),
  message_id BIGINT,
  person_id BIGINT NOT NULL REFERENCES person (id),
  address TEXT NOT NULL,
  mail_id TEXT NOT NULL UNIQUE,
  raw_hash TEXT REFERENCES blob (hash),
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  problem TEXT,
  created_at BIGINT NOT NULL,
  sent_at BIGINT
);
CREATE INDEX outgoing_due ON outgoing (next_at, id) WHERE state = 'waiting';
CREATE INDEX outgoing_message ON outgoing (message_id) WHERE message_id IS NOT NULL;
CREATE TABLE automatic_mail (
  id {ID},
  address TEXT NOT NULL,
  sent_at BIGINT NOT NULL
);
CREATE INDEX automatic_mail_address ON automatic_mail (address, sent_at);
CREATE INDEX outgoing_failed ON outgoing (id) WHERE state = 'failed';
CREATE INDEX intake_failed ON intake (id) WHERE state = 'failed';
