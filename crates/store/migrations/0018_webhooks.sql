-- Addresses elsewhere that are told what happens, and what became of each telling.
CREATE TABLE webhook (
  id {ID},
  owner_id BIGINT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  events TEXT NOT NULL,
  active BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE webhook_delivery (
  id {ID},
  webhook_id BIGINT NOT NULL REFERENCES webhook (id),
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at, webhook_id) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_log ON webhook_delivery (webhook_id, id);
CREATE INDEX webhook_delivery_ended ON webhook_delivery (ended_at) WHERE ended_at IS NOT NULL;
CREATE TABLE webhook_attempt (
  delivery_id BIGINT NOT NULL REFERENCES webhook_delivery (id),
  number BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  millis BIGINT NOT NULL,
  status BIGINT,
  problem TEXT,
  response TEXT,
  PRIMARY KEY (delivery_id, number)
);
