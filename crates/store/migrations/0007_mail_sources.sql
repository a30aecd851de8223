-- Accounts that mail is fetched from. password, client_secret and refresh_token are sealed; the key is not in this database.
CREATE TABLE mail_source (
  id {ID},
  mailbox_id BIGINT NOT NULL REFERENCES mailbox (id),
  kind TEXT NOT NULL,
  host TEXT NOT NULL,
  port BIGINT NOT NULL,
  security TEXT NOT NULL,
  username TEXT NOT NULL,
  auth TEXT NOT NULL,
  provider TEXT,
  token_url TEXT,
  client_id TEXT,
  password TEXT,
  client_secret TEXT,
  refresh_token TEXT,
  folders TEXT NOT NULL,
  afterwards TEXT NOT NULL,
  move_to TEXT,
  active BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
-- Where fetching stands in each folder; POP3 has one folder without a name.
CREATE TABLE mail_source_folder (
  source_id BIGINT NOT NULL,
  folder TEXT NOT NULL,
  validity BIGINT NOT NULL,
  last_uid BIGINT NOT NULL,
  known_uid BIGINT NOT NULL,
  last_success_at BIGINT,
  problem TEXT,
  detail TEXT,
  problem_at BIGINT,
  PRIMARY KEY (source_id, folder)
);
-- Each message that was taken, written with its intake row in one transaction, so that no crash takes it twice.
CREATE TABLE mail_source_taken (
  source_id BIGINT NOT NULL,
  folder TEXT NOT NULL,
  validity BIGINT NOT NULL,
  marker TEXT NOT NULL,
  raw_hash TEXT NOT NULL,
  intake_id BIGINT NOT NULL,
  settled BIGINT NOT NULL,
  PRIMARY KEY (source_id, folder, validity, marker)
);
CREATE INDEX mail_source_taken_content ON mail_source_taken (source_id, raw_hash);
CREATE INDEX mail_source_taken_unsettled ON mail_source_taken (source_id, folder) WHERE settled = 0;
