-- API keys with a scope of their own, whose owner's rights are their ceiling.

-- local: only hashes of keys; no rights or clients of their own: those of the account
CREATE TABLE IF NOT EXISTS api_key (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    user_id {uuid} NOT NULL,
    owner_id {uuid},
    name {text} NOT NULL,
    prefix {text} NOT NULL,
    permissions {text},
    clients {text},
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    revoked_at {int},
    used_at {int}
) {table};
CREATE INDEX IF NOT EXISTS api_key_of ON api_key (user_id, created_at);
CREATE INDEX IF NOT EXISTS api_key_owned ON api_key (owner_id, created_at);
INSERT INTO api_key (token_hash, user_id, name, prefix, created_at, expires_at)
    SELECT token_hash, user_id, label, '', created_at, expires_at FROM credential
    WHERE kind = 'api_key' ON CONFLICT DO NOTHING;
DELETE FROM credential WHERE kind IN ('api_key', 'session');
