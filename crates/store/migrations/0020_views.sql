-- Saved views: a query with a name and a look, for one person, a team, a desk or everybody.
CREATE TABLE saved_view (
  id {ID},
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  columns TEXT NOT NULL,
  sort TEXT,
  grouping_word TEXT,
  desk_id BIGINT REFERENCES desk (id),
  team_id BIGINT REFERENCES team (id),
  owner_id BIGINT REFERENCES person (id),
  created_by BIGINT REFERENCES person (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  removed_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX saved_view_owner ON saved_view (owner_id) WHERE owner_id IS NOT NULL;
