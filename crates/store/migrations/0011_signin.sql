-- Where a browser signed in from, and when its person last showed that it is they who sit before it.
ALTER TABLE session ADD COLUMN network TEXT;
ALTER TABLE session ADD COLUMN confirmed_at BIGINT;

-- An authenticator app. Without confirmed_at it is only being set up. The secret is sealed by the vault.
CREATE TABLE totp (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
  secret TEXT NOT NULL,
  confirmed_at BIGINT,
  last_step BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE recovery_code (
  person_id BIGINT NOT NULL REFERENCES person (id),
  code_hash TEXT NOT NULL,
  PRIMARY KEY (person_id, code_hash)
);
CREATE TABLE passkey (
  id {ID},
  person_id BIGINT NOT NULL REFERENCES person (id),
  credential TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  algorithm BIGINT NOT NULL,
  counter BIGINT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX passkey_person ON passkey (person_id);
CREATE TABLE passkey_challenge (
  challenge_hash TEXT NOT NULL PRIMARY KEY,
  person_id BIGINT REFERENCES person (id),
  expires_at BIGINT NOT NULL
);
-- Wrong codes of a person, so that guessing ends on every node and after a restart.
CREATE TABLE factor_failure (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
  failures BIGINT NOT NULL,
  since BIGINT NOT NULL
);
-- Somebody whose password was right and who still owes the second factor. It is no session and opens nothing.
CREATE TABLE sign_in_step (
  secret_hash TEXT NOT NULL PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  purpose TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_in_step_person ON sign_in_step (person_id);

-- Invitations and resets: links that work once. Only the hash is kept, and for the letter that waits the sealed secret.
CREATE TABLE one_time_link (
  secret_hash TEXT NOT NULL PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  purpose TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX one_time_link_person ON one_time_link (person_id);
CREATE TABLE reset_ask (
  id {ID},
  address_hash TEXT NOT NULL,
  network TEXT NOT NULL,
  asked_at BIGINT NOT NULL
);
CREATE INDEX reset_ask_address ON reset_ask (address_hash, asked_at);
CREATE INDEX reset_ask_network ON reset_ask (network, asked_at);
CREATE TABLE account_mail (
  id {ID},
  person_id BIGINT NOT NULL REFERENCES person (id),
  address TEXT NOT NULL,
  kind TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  sealed TEXT,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  problem TEXT,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT
);
CREATE INDEX account_mail_due ON account_mail (next_at, id) WHERE state = 'waiting';

-- The set-up in the browser while it is not done: who showed the code of the console, and what they have filled in.
CREATE TABLE set_up (
  one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
  code_hash TEXT NOT NULL,
  secret_hash TEXT,
  draft TEXT NOT NULL
);
