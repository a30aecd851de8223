-- States and transitions of a kind, version by version; a published one is never changed. Running tickets keep theirs.
CREATE TABLE practice_version (
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  definition TEXT NOT NULL,
  remark TEXT,
  person_id BIGINT REFERENCES person (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (kind, version)
);
INSERT INTO practice_version (kind, version, definition, created_at)
SELECT k.kind, 1,
  '{"statuses":['
  || (SELECT string_agg('{"status":"' || s.status || '","turn":"' || s.turn || '"}', ',' ORDER BY s.place) FROM practice_status s WHERE s.kind = k.kind)
  || '],"transitions":['
  || (SELECT string_agg('{"from":"' || m.from_status || '","to":"' || m.to_status || '"}', ',' ORDER BY m.from_status, m.to_status) FROM practice_transition m WHERE m.kind = k.kind)
  || ']}',
  0
FROM (SELECT DISTINCT kind FROM practice_status) k;
DROP TABLE practice_transition;
DROP TABLE practice_status;

-- What is being drawn and not yet published: one for each kind.
CREATE TABLE practice_draft (
  kind TEXT NOT NULL PRIMARY KEY,
  base BIGINT NOT NULL,
  definition TEXT NOT NULL,
  person_id BIGINT REFERENCES person (id),
  updated_at BIGINT NOT NULL
);
ALTER TABLE ticket ADD COLUMN practice_version BIGINT NOT NULL DEFAULT 1;

-- Words, bounds and default of a field are read as a whole and never searched.
ALTER TABLE custom_field ADD COLUMN category_id BIGINT;
ALTER TABLE custom_field ADD COLUMN shape TEXT NOT NULL DEFAULT '{}';
ALTER TABLE custom_field ADD COLUMN archived_at BIGINT;

CREATE TABLE form (
  id {ID},
  kind TEXT NOT NULL,
  category_id BIGINT REFERENCES category (id),
  version BIGINT NOT NULL,
  definition TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX form_kind ON form (kind) WHERE category_id IS NULL;
CREATE UNIQUE INDEX form_category ON form (kind, category_id) WHERE category_id IS NOT NULL;
