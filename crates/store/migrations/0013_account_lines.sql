-- Bookings that name no payment of ours, as far as reconciliation needs them: what left a bank account,
-- what providers paid in, and of their reports the payouts and the sums of the rest.
CREATE TABLE IF NOT EXISTS account_line (
    client_id {int} NOT NULL,
    account {text} NOT NULL,
    reference {text} NOT NULL,
    n {int} NOT NULL,
    kind {text} NOT NULL,
    amount_minor {int} NOT NULL,
    currency {text} NOT NULL,
    booked_on {text} NOT NULL,
    statement {text} NOT NULL,
    said {text} NOT NULL,
    received_at {int} NOT NULL,
    PRIMARY KEY (client_id, account, reference, n)
) {table};
CREATE INDEX IF NOT EXISTS account_line_day
    ON account_line (client_id, booked_on, account, reference, n);

-- the first day of an account: those of banks and of providers are apart
CREATE INDEX IF NOT EXISTS bank_statement_since
    ON bank_statement (client_id, account, currency, from_on);
