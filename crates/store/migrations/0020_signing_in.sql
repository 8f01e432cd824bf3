-- Signing in: sessions, the ways in, what is half done, and what happened.

-- local: browser sessions; only hashes of their tokens
CREATE TABLE IF NOT EXISTS session (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL,
    user_id {uuid} NOT NULL,
    method {text} NOT NULL,
    device {text} NOT NULL,
    address {text} NOT NULL,
    created_at {int} NOT NULL,
    seen_at {int} NOT NULL,
    auth_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    idle_ms {int} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS session_of ON session (user_id, created_at);

-- local: passkeys, authenticator apps, recovery codes and passwords of people
CREATE TABLE IF NOT EXISTS authenticator (
    user_id {uuid} NOT NULL,
    kind {text} NOT NULL,
    authenticator_id {uuid} NOT NULL,
    name {text} NOT NULL,
    body {text} NOT NULL,
    counter {int} NOT NULL,
    created_at {int} NOT NULL,
    used_at {int},
    PRIMARY KEY (user_id, kind, authenticator_id)
) {table};

-- local: what people are known by: their e-mail address, or their subject at a provider
CREATE TABLE IF NOT EXISTS signin_name (
    kind {text} NOT NULL,
    name {text} NOT NULL,
    user_id {uuid} NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (kind, name)
) {table};
CREATE INDEX IF NOT EXISTS signin_name_of ON signin_name (user_id, kind);

-- local: challenges under way: asked once, answered once
CREATE TABLE IF NOT EXISTS ceremony (
    ceremony_id {bytes} NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    user_id {uuid},
    body {text} NOT NULL,
    expires_at {int} NOT NULL
) {table};
CREATE INDEX IF NOT EXISTS ceremony_ends ON ceremony (expires_at);

-- local: failed tries at signing in, counted per account or address and period
CREATE TABLE IF NOT EXISTS signin_try (
    who {text} NOT NULL,
    period {int} NOT NULL,
    tries {int} NOT NULL,
    PRIMARY KEY (who, period)
) {table};

-- local: who signed in, how and from where, and what was refused
CREATE TABLE IF NOT EXISTS signin_event (
    at {int} NOT NULL,
    event_id {uuid} NOT NULL,
    user_id {uuid},
    kind {text} NOT NULL,
    method {text} NOT NULL,
    detail {text} NOT NULL,
    address {text} NOT NULL,
    device {text} NOT NULL,
    PRIMARY KEY (at, event_id)
) {table};
CREATE INDEX IF NOT EXISTS signin_event_of ON signin_event (user_id, at, event_id);
CREATE INDEX IF NOT EXISTS signin_event_kind ON signin_event (kind, at, event_id);

CREATE INDEX IF NOT EXISTS credential_of ON credential (user_id, kind);
