-- Personal data is sealed under keys of its own; whoever destroys a key has erased a person.

-- keys of a client, wrapped by the root key `root` names: version 0 is for looking people up and is
-- never rotated, the highest other one wraps the keys of people
CREATE TABLE IF NOT EXISTS client_key (
    client_id {int} NOT NULL,
    version {int} NOT NULL,
    root {int} NOT NULL,
    wrapped {bytes} NOT NULL,
    made_at {int} NOT NULL,
    PRIMARY KEY (client_id, version)
) {table};

-- the key of one person for one purpose, wrapped by that version of the client's key; an erasure
-- deletes the row
CREATE TABLE IF NOT EXISTS person (
    client_id {int} NOT NULL,
    subject {uuid} NOT NULL,
    purpose {text} NOT NULL,
    key_version {int} NOT NULL,
    wrapped {bytes} NOT NULL,
    made_at {int} NOT NULL,
    PRIMARY KEY (client_id, subject, purpose)
) {table};
-- the time leads, so that the engine without statistics does not take the primary key
CREATE INDEX IF NOT EXISTS person_key_version
    ON person (client_id, key_version, made_at, subject, purpose);

-- keyed hashes people are found by; an erasure deletes those of the person
CREATE TABLE IF NOT EXISTS person_index (
    client_id {int} NOT NULL,
    token {bytes} NOT NULL,
    subject {uuid} NOT NULL,
    PRIMARY KEY (client_id, token, subject)
) {table};
CREATE INDEX IF NOT EXISTS person_index_subject ON person_index (client_id, subject);

-- erasures: what was asked, what went, what is held and until when. `subject` is a keyed hash;
-- `target` names the person only as long as something of them is held.
CREATE TABLE IF NOT EXISTS erasure (
    client_id {int} NOT NULL,
    erasure_id {uuid} NOT NULL,
    version {int} NOT NULL,
    state {text} NOT NULL,
    subject {bytes} NOT NULL,
    target {uuid},
    asked_at {int} NOT NULL,
    look_at {int} NOT NULL,
    by_user {uuid},
    reason {text} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (client_id, erasure_id)
) {table};
CREATE INDEX IF NOT EXISTS erasure_recent ON erasure (client_id, asked_at, erasure_id);
CREATE INDEX IF NOT EXISTS erasure_due ON erasure (look_at) WHERE target IS NOT NULL;
CREATE INDEX IF NOT EXISTS erasure_subject ON erasure (client_id, subject, asked_at);

-- who of the house looked at whose data, and why
CREATE TABLE IF NOT EXISTS access_log (
    client_id {int} NOT NULL,
    access_id {uuid} NOT NULL,
    at {int} NOT NULL,
    by_user {uuid},
    act {text} NOT NULL,
    subject {uuid},
    order_id {uuid},
    reason {text} NOT NULL,
    PRIMARY KEY (client_id, access_id)
) {table};
CREATE INDEX IF NOT EXISTS access_log_recent ON access_log (client_id, at, access_id);
CREATE INDEX IF NOT EXISTS access_log_reader ON access_log (client_id, order_id, by_user, at);

-- how far the work of sealing what was stored in clear has come, per table
CREATE TABLE IF NOT EXISTS seal_cursor (
    client_id {int} NOT NULL,
    part {text} NOT NULL,
    after {uuid} NOT NULL,
    done {int} NOT NULL,
    PRIMARY KEY (client_id, part)
) {table};
