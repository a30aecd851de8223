-- Texts that are written often: for everybody, for a desk, for a team, or for one person alone; in one or more languages.
CREATE TABLE canned_response (
  id {ID},
  title TEXT NOT NULL,
  shortcut TEXT,
  desk_id BIGINT REFERENCES desk (id),
  team_id BIGINT REFERENCES team (id),
  owner_id BIGINT REFERENCES person (id),
  uses BIGINT NOT NULL DEFAULT 0,
  used_at BIGINT,
  created_by BIGINT REFERENCES person (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  removed_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX canned_response_owner ON canned_response (owner_id) WHERE owner_id IS NOT NULL;
CREATE TABLE canned_text (
  canned_id BIGINT NOT NULL REFERENCES canned_response (id),
  language TEXT NOT NULL,
  body_text TEXT NOT NULL,
  body_html TEXT,
  PRIMARY KEY (canned_id, language)
);

-- Who was called by name in a note.
CREATE TABLE mention (
  message_id BIGINT NOT NULL REFERENCES message (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (message_id, person_id)
);
CREATE INDEX mention_person ON mention (person_id);
