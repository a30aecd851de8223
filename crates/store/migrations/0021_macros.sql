-- Several steps under one name, for everybody, a desk, a team or one person: what they are is one document, since nothing asks for a part.
CREATE TABLE macro (
  id {ID},
  title TEXT NOT NULL,
  desk_id BIGINT REFERENCES desk (id),
  team_id BIGINT REFERENCES team (id),
  owner_id BIGINT REFERENCES person (id),
  steps TEXT NOT NULL,
  uses BIGINT NOT NULL DEFAULT 0,
  used_at BIGINT,
  created_by BIGINT REFERENCES person (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  removed_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX macro_owner ON macro (owner_id) WHERE owner_id IS NOT NULL;
