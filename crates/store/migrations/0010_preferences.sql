-- How a person wants to work: what only they see and only they choose. Not journalled.
CREATE TABLE person_preference (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
  chosen TEXT NOT NULL
);
