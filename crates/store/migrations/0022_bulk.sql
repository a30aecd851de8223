-- Changes of many tickets that run by themselves: what is done, for whom, and how far it has come.
CREATE TABLE bulk_run (
  id {ID},
  person_id BIGINT NOT NULL REFERENCES person (id),
  deed TEXT NOT NULL,
  said TEXT NOT NULL,
  state TEXT NOT NULL,
  total BIGINT NOT NULL,
  changed BIGINT NOT NULL DEFAULT 0,
  unchanged BIGINT NOT NULL DEFAULT 0,
  refused BIGINT NOT NULL DEFAULT 0,
  undone BIGINT NOT NULL DEFAULT 0,
  kept BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX bulk_run_person ON bulk_run (person_id, created_at);
CREATE INDEX bulk_run_going ON bulk_run (id) WHERE state IN ('running', 'undoing');
-- Its tickets as they were found when it was confirmed, a piece for each transaction: what came of a piece is written with its changes, so
-- that nothing is done twice and nothing is left out, whenever the program stops.
CREATE TABLE bulk_piece (
  run_id BIGINT NOT NULL REFERENCES bulk_run (id),
  place BIGINT NOT NULL,
  tickets TEXT NOT NULL,
  outcome TEXT,
  undone TEXT,
  tries BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, place)
);
