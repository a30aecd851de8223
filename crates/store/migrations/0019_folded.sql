-- Names in lower case and without marks, as the program folds them: SQLite lowers ASCII only, and PostgreSQL what its locale says.
-- What is there already is folded when the program opens the database.
ALTER TABLE person ADD COLUMN folded TEXT;
ALTER TABLE organisation ADD COLUMN folded TEXT;
DROP INDEX person_name;
DROP INDEX organisation_name;
CREATE INDEX person_name ON person (folded, id);
CREATE INDEX organisation_name ON organisation (folded, id);
