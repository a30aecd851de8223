CREATE TABLE sequence (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE blob (
    hash TEXT NOT NULL PRIMARY KEY,
    bytes_size BIGINT NOT NULL,
    inline {BLOB},
    created_at BIGINT NOT NULL
);
CREATE INDEX blob_waiting ON blob (hash) WHERE inline IS NOT NULL;

CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    fence BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE cursor (
    name TEXT NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
);

CREATE TABLE parked (
    reactor TEXT NOT NULL,
    position BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    error TEXT NOT NULL,
    parked_at BIGINT NOT NULL,
    retry BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (reactor, position)
);

CREATE TABLE journal (
    position BIGINT NOT NULL PRIMARY KEY,
    id BIGINT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    person_id BIGINT,
    ticket_id BIGINT,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    hash {BLOB} NOT NULL
);
CREATE INDEX journal_of_ticket ON journal (ticket_id, position) WHERE ticket_id IS NOT NULL;

CREATE TABLE journal_head (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    position BIGINT NOT NULL,
    hash {BLOB} NOT NULL
);

CREATE TABLE journal_pending (
    id BIGINT NOT NULL PRIMARY KEY,
    xid BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    person_id BIGINT,
    ticket_id BIGINT,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX journal_pending_order ON journal_pending (xid, id);
CREATE INDEX journal_pending_of_ticket ON journal_pending (ticket_id, id) WHERE ticket_id IS NOT NULL;
