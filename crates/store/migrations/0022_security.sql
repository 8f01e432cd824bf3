-- What was refused at the edge, and card numbers that were taken out: who asked for what. Client 0
-- stands for what is about no client.

CREATE TABLE IF NOT EXISTS security_event (
    client_id {int} NOT NULL,
    event_id {uuid} NOT NULL,
    at {int} NOT NULL,
    kind {text} NOT NULL,
    actor {text} NOT NULL,
    route {text} NOT NULL,
    object {text} NOT NULL,
    address {text} NOT NULL,
    times {int} NOT NULL,
    PRIMARY KEY (client_id, event_id)
) {table};

CREATE INDEX IF NOT EXISTS security_event_at ON security_event (client_id, at, event_id);
