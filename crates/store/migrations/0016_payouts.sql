-- Where money goes instead of back to what paid, and what was paid outside: what waits for a second
-- person, and links by which customers name an account or object to one.

-- changes of destination and payments made outside, as they are listed
CREATE TABLE IF NOT EXISTS payout_ask (
    client_id {int} NOT NULL,
    case_id {uuid} NOT NULL,
    subject {uuid} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    hash {text} NOT NULL,
    amount_minor {int} NOT NULL,
    currency {text} NOT NULL,
    asked_by {uuid},
    asked_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (client_id, case_id, subject)
) {table};
CREATE INDEX IF NOT EXISTS payout_ask_list ON payout_ask (client_id, state, asked_at, case_id);

-- who used how much of their limits on a day
CREATE INDEX IF NOT EXISTS authority_use_day ON authority_use (client_id, currency, day, kind);

-- one-time links to the customer; only the hash of a token is kept
CREATE TABLE IF NOT EXISTS payout_link (
    client_id {int} NOT NULL,
    token_hash {bytes} NOT NULL,
    case_id {uuid} NOT NULL,
    purpose {text} NOT NULL,
    subject {text} NOT NULL,
    expires_at {int} NOT NULL,
    used_at {int},
    made_at {int} NOT NULL,
    PRIMARY KEY (client_id, token_hash)
) {table};
CREATE INDEX IF NOT EXISTS payout_link_of_case
    ON payout_link (client_id, case_id, purpose, used_at);
