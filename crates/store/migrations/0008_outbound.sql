-- A reply that waits for its time: the few seconds in which it can be taken back, or a day that its author chose.
CREATE TABLE scheduled_send (
  id {ID},
  ticket_id BIGINT NOT NULL REFERENCES ticket (id),
  side_id BIGINT,
  author_id BIGINT NOT NULL REFERENCES person (id),
  channel TEXT NOT NULL,
  body_text TEXT NOT NULL,
  body_html TEXT,
  copies TEXT NOT NULL,
  recipients TEXT,
  attachments TEXT NOT NULL,
  undo BIGINT NOT NULL,
  send_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  problem TEXT,
  tries BIGINT NOT NULL,
  message_id BIGINT,
  written_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX scheduled_send_due ON scheduled_send (send_at, id) WHERE state = 'waiting';
CREATE INDEX scheduled_send_ticket ON scheduled_send (ticket_id, id);

CREATE TABLE side_conversation (
  id {ID},
  ticket_id BIGINT NOT NULL REFERENCES ticket (id),
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  created_by BIGINT REFERENCES person (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX side_conversation_ticket ON side_conversation (ticket_id, id);
CREATE TABLE side_participant (
  side_id BIGINT NOT NULL REFERENCES side_conversation (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  address TEXT NOT NULL,
  PRIMARY KEY (side_id, address)
);
CREATE TABLE side_thread (
  mail_id TEXT NOT NULL PRIMARY KEY,
  side_id BIGINT NOT NULL REFERENCES side_conversation (id)
);
CREATE INDEX side_thread_side ON side_thread (side_id);

-- desk_id 0 stands for every desk, so that the key holds on both databases.
CREATE TABLE mail_template (
  desk_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  locale TEXT NOT NULL,
  subject TEXT NOT NULL,
  body_text TEXT,
  body_html TEXT,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (desk_id, kind, locale)
);

ALTER TABLE outgoing ADD COLUMN retried_at BIGINT;
