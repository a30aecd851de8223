CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);
INSERT INTO setting (key, value) VALUES ('epoch', '1');

CREATE TABLE organisation (
  id {ID},
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE organisation_domain (
  domain TEXT NOT NULL PRIMARY KEY,
  organisation_id BIGINT NOT NULL REFERENCES organisation (id)
);
CREATE INDEX organisation_domain_organisation ON organisation_domain (organisation_id);

CREATE TABLE person (
  id {ID},
  name TEXT NOT NULL,
  language TEXT,
  time_zone TEXT,
  vip BIGINT NOT NULL,
  organisation_id BIGINT REFERENCES organisation (id),
  organisation_manager BIGINT NOT NULL,
  admin BIGINT NOT NULL,
  auditor BIGINT NOT NULL,
  disabled BIGINT NOT NULL,
  staff BIGINT NOT NULL,
  fields TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX person_organisation ON person (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE TABLE person_email (
  email TEXT NOT NULL PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES person (id),
  place BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_email_person ON person_email (person_id, place);
CREATE TABLE person_phone (
  person_id BIGINT NOT NULL REFERENCES person (id),
  place BIGINT NOT NULL,
  phone TEXT NOT NULL,
  PRIMARY KEY (person_id, place)
);

CREATE TABLE credential (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
  password_hash TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE TABLE session (
  id {ID},
  person_id BIGINT NOT NULL REFERENCES person (id),
  secret_hash TEXT NOT NULL UNIQUE,
  client TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE TABLE api_token (
  id {ID},
  person_id BIGINT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX api_token_person ON api_token (person_id);

CREATE TABLE desk (
  id {ID},
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  mark TEXT NOT NULL,
  prefixes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE desk_agent (
  desk_id BIGINT NOT NULL REFERENCES desk (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  PRIMARY KEY (desk_id, person_id)
);
CREATE INDEX desk_agent_person ON desk_agent (person_id);
CREATE TABLE team (
  id {ID},
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  desk_id BIGINT NOT NULL REFERENCES desk (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE team_member (
  team_id BIGINT NOT NULL REFERENCES team (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_member_person ON team_member (person_id);
