-- The text in files, once for each content, as the index reads it: found out after a file came with a message, by a process of its own.
CREATE TABLE file_text (
  hash TEXT NOT NULL PRIMARY KEY REFERENCES blob (hash),
  state TEXT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  text TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX file_text_waiting ON file_text (tries, created_at) WHERE state = 'waiting';
CREATE INDEX attachment_hash ON attachment (hash);
-- What is there already is read in its turn, the newest first.
INSERT INTO file_text (hash, state, created_at)
SELECT hash, 'waiting', MAX(created_at) FROM attachment WHERE message_id IS NOT NULL GROUP BY hash;
