-- only postgres
-- The order of all tickets is for lists of all tickets: such a list says the condition, and no other can be read this way. For the finished
-- tickets of a desk the planner took these indexes for as good as the desk's own, and read every open ticket that changed later.
DROP INDEX ticket_updated;
DROP INDEX ticket_created;
CREATE INDEX ticket_updated ON ticket (updated_at, id) WHERE updated_at >= 0;
CREATE INDEX ticket_created ON ticket (created_at, id) WHERE created_at >= 0;
-- end
