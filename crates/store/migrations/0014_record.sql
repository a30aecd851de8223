-- What has to be done on a ticket, in the order in which people put it; removed tasks stay for the timeline.
CREATE TABLE ticket_task (
  id {ID},
  ticket_id BIGINT NOT NULL REFERENCES ticket (id),
  checklist TEXT NOT NULL,
  place BIGINT NOT NULL,
  title TEXT NOT NULL,
  assignee_id BIGINT,
  due_on TEXT,
  mandatory BIGINT NOT NULL,
  done_at BIGINT,
  done_by BIGINT,
  removed_at BIGINT,
  created_by BIGINT,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX ticket_task_ticket ON ticket_task (ticket_id, place, id);
CREATE TABLE ticket_task_need (
  task_id BIGINT NOT NULL REFERENCES ticket_task (id),
  needs_id BIGINT NOT NULL REFERENCES ticket_task (id),
  PRIMARY KEY (task_id, needs_id)
);

-- Time worked. A draft is what a timer left behind: only its author sees it, and it counts for nothing until it is kept.
CREATE TABLE time_entry (
  id {ID},
  ticket_id BIGINT NOT NULL REFERENCES ticket (id),
  person_id BIGINT NOT NULL REFERENCES person (id),
  work TEXT NOT NULL,
  billable BIGINT NOT NULL,
  note TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  draft BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX time_entry_ticket ON time_entry (ticket_id, started_at, id);
CREATE INDEX time_entry_draft ON time_entry (person_id) WHERE draft = 1;
-- One timer a person; while it is paused nothing runs since.
CREATE TABLE work_timer (
  person_id BIGINT NOT NULL PRIMARY KEY REFERENCES person (id),
  ticket_id BIGINT NOT NULL REFERENCES ticket (id),
  started_at BIGINT NOT NULL,
  running_since BIGINT,
  gathered BIGINT NOT NULL
);
ALTER TABLE desk ADD COLUMN time_required BIGINT NOT NULL DEFAULT 0;

-- A snoozed ticket comes back at its time; without one, when somebody writes.
ALTER TABLE ticket ADD COLUMN snoozed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN snoozed_until BIGINT;
CREATE INDEX ticket_snoozed ON ticket (desk_id, updated_at, id) WHERE snoozed = 1;
CREATE INDEX ticket_snoozed_until ON ticket (snoozed_until) WHERE snoozed_until IS NOT NULL;
DROP INDEX ticket_open;
CREATE INDEX ticket_open ON ticket (desk_id, turn, assignee_id, snoozed) WHERE open = 1;
-- What an organisation has open, for the panel beside a ticket.
CREATE INDEX ticket_organisation_open ON ticket (organisation_id) WHERE open = 1;
