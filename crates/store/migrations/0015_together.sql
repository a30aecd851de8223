-- Who looks at a ticket and who writes: a lease that the page renews. One row for each open page; not journalled.
CREATE TABLE presence (
  place TEXT NOT NULL PRIMARY KEY,
  ticket_id BIGINT NOT NULL REFERENCES ticket (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  session_id BIGINT,
  activity TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  until BIGINT NOT NULL
);
CREATE INDEX presence_changed ON presence (changed_at);
CREATE INDEX presence_person ON presence (person_id);

-- What somebody has begun to write. Personal, and not journalled until it is shared.
CREATE TABLE draft (
  id {ID},
  person_id BIGINT NOT NULL REFERENCES person (id),
  place TEXT NOT NULL,
  ticket_id BIGINT REFERENCES ticket (id),
  side_id BIGINT,
  note BIGINT NOT NULL,
  content TEXT NOT NULL,
  state TEXT NOT NULL,
  revision BIGINT NOT NULL,
  page TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  saved_at BIGINT NOT NULL,
  shared_at BIGINT,
  reviewer_id BIGINT REFERENCES person (id),
  review_team_id BIGINT REFERENCES team (id),
  ask TEXT,
  approver_id BIGINT REFERENCES person (id),
  approved_at BIGINT,
  editor_id BIGINT REFERENCES person (id),
  pen_id BIGINT REFERENCES person (id),
  pen_until BIGINT
);
CREATE UNIQUE INDEX draft_open ON draft (person_id, place) WHERE state = 'open';
CREATE INDEX draft_changed ON draft (changed_at);
CREATE INDEX draft_ticket ON draft (ticket_id) WHERE state = 'open';
CREATE INDEX draft_reviewer ON draft (reviewer_id) WHERE state = 'open' AND reviewer_id IS NOT NULL;
CREATE INDEX draft_team ON draft (review_team_id) WHERE state = 'open' AND review_team_id IS NOT NULL;

-- What a draft held before another page of the same person, or a colleague, wrote over it.
CREATE TABLE draft_version (
  id {ID},
  draft_id BIGINT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES person (id),
  note BIGINT NOT NULL,
  content TEXT NOT NULL,
  saved_at BIGINT NOT NULL
);
CREATE INDEX draft_version_draft ON draft_version (draft_id);

CREATE TABLE draft_comment (
  id {ID},
  draft_id BIGINT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
  person_id BIGINT NOT NULL REFERENCES person (id),
  text TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX draft_comment_draft ON draft_comment (draft_id);
