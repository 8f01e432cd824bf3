-- Reconciliation: what banks and providers report, and where it does not agree with the books.

-- statements of account; a statement sent again is the same row
CREATE TABLE IF NOT EXISTS bank_statement (
    client_id {int} NOT NULL,
    account {text} NOT NULL,
    currency {text} NOT NULL,
    statement {text} NOT NULL,
    from_on {text} NOT NULL,
    until_on {text} NOT NULL,
    number {int},
    opening_minor {int} NOT NULL,
    closing_minor {int} NOT NULL,
    booked_minor {int} NOT NULL,
    ours {int} NOT NULL,
    others {int} NOT NULL,
    received_at {int} NOT NULL,
    PRIMARY KEY (client_id, account, currency, statement)
) {table};
CREATE INDEX IF NOT EXISTS bank_statement_day ON bank_statement (client_id, until_on, statement);
CREATE INDEX IF NOT EXISTS bank_statement_first
    ON bank_statement (client_id, currency, from_on);

-- bookings that name payments of ours, by the bank's own reference; the payment follows from it and
-- leads the key, because it is what bookings are asked by
CREATE TABLE IF NOT EXISTS bank_entry (
    client_id {int} NOT NULL,
    obligation_id {uuid} NOT NULL,
    account {text} NOT NULL,
    source {text} NOT NULL,
    reference {text} NOT NULL,
    n {int} NOT NULL,
    attempt {int} NOT NULL,
    way {text} NOT NULL,
    amount_minor {int} NOT NULL,
    currency {text} NOT NULL,
    booked_on {text} NOT NULL,
    statement {text} NOT NULL,
    received_at {int} NOT NULL,
    PRIMARY KEY (client_id, obligation_id, account, source, reference, n)
) {table};
CREATE INDEX IF NOT EXISTS bank_entry_new ON bank_entry (client_id, received_at, obligation_id);

-- what providers said about single tries, apart from what was booked
CREATE TABLE IF NOT EXISTS gateway_word (
    client_id {int} NOT NULL,
    obligation_id {uuid} NOT NULL,
    attempt {int} NOT NULL,
    source {text} NOT NULL,
    message {text} NOT NULL,
    said {text} NOT NULL,
    code {text} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (client_id, obligation_id, attempt, source, message)
) {table};
CREATE INDEX IF NOT EXISTS gateway_word_new ON gateway_word (client_id, at, obligation_id);

-- payments that are on their way: looked at again until they agree
CREATE TABLE IF NOT EXISTS recon_wait (
    client_id {int} NOT NULL,
    obligation_id {uuid} NOT NULL,
    since_on {text} NOT NULL,
    PRIMARY KEY (client_id, obligation_id)
) {table};
CREATE INDEX IF NOT EXISTS recon_wait_since
    ON recon_wait (client_id, since_on, obligation_id);

-- what does not agree, until somebody explains it or it agrees again
CREATE TABLE IF NOT EXISTS recon_break (
    client_id {int} NOT NULL,
    break_id {uuid} NOT NULL,
    rev {int} NOT NULL,
    state {text} NOT NULL,
    currency {text} NOT NULL,
    kind {text} NOT NULL,
    cause {text} NOT NULL,
    subject {text} NOT NULL,
    obligation_id {uuid},
    case_id {uuid},
    expected_minor {int} NOT NULL,
    found_minor {int} NOT NULL,
    found_currency {text} NOT NULL,
    since_on {text} NOT NULL,
    by_user {uuid},
    reason {text} NOT NULL,
    opened_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (client_id, break_id)
) {table};
CREATE INDEX IF NOT EXISTS recon_break_list
    ON recon_break (client_id, state, since_on, break_id);
CREATE INDEX IF NOT EXISTS recon_break_ended ON recon_break (client_id, state, updated_at);
CREATE INDEX IF NOT EXISTS recon_break_payment ON recon_break (client_id, obligation_id);

-- who did what about a break; the key is its optimistic lock
CREATE TABLE IF NOT EXISTS recon_note (
    client_id {int} NOT NULL,
    break_id {uuid} NOT NULL,
    rev {int} NOT NULL,
    at {int} NOT NULL,
    by_user {uuid},
    act {text} NOT NULL,
    reason {text} NOT NULL,
    note {text} NOT NULL,
    PRIMARY KEY (client_id, break_id, rev)
) {table};

-- the reconciliation of a day, and how far it is
CREATE TABLE IF NOT EXISTS recon_run (
    client_id {int} NOT NULL,
    day {text} NOT NULL,
    state {text} NOT NULL,
    epoch {int} NOT NULL,
    seen_at {int} NOT NULL,
    done {int} NOT NULL,
    total {int} NOT NULL,
    from_at {int} NOT NULL,
    until_at {int} NOT NULL,
    PRIMARY KEY (client_id, day)
) {table};

-- what it came to in each currency
CREATE TABLE IF NOT EXISTS recon_day (
    client_id {int} NOT NULL,
    day {text} NOT NULL,
    currency {text} NOT NULL,
    even_count {int} NOT NULL,
    even_minor {int} NOT NULL,
    waiting_count {int} NOT NULL,
    waiting_minor {int} NOT NULL,
    fresh_count {int} NOT NULL,
    broken_count {int} NOT NULL,
    broken_minor {int} NOT NULL,
    PRIMARY KEY (client_id, day, currency)
) {table};
