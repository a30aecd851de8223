-- What the navigation counts: every open ticket by desk, turn and agent, without a look at the tickets themselves.
CREATE INDEX ticket_open ON ticket (desk_id, turn, assignee_id) WHERE open = 1;
