-- Who of an organisation sees what its members asked for: none, managers, everyone.
ALTER TABLE organisation ADD COLUMN sharing TEXT NOT NULL DEFAULT 'managers';

-- When a token was last shown, to within an hour.
ALTER TABLE api_token ADD COLUMN used_at BIGINT;

-- A mailbox that is switched off takes no mail; what lies in its tickets stays.
ALTER TABLE mailbox ADD COLUMN active BIGINT NOT NULL DEFAULT 1;
ALTER TABLE mailbox ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Lists of people and organisations are read by name.
CREATE INDEX person_name ON person (LOWER(name), id);
CREATE INDEX organisation_name ON organisation (LOWER(name), id);
