-- The books: double entry of every command, kept balances, and store credit as accounts.

-- one amount from one account to another, under the event of the stream it follows from; a row
-- has a debit and a credit of the same figure, so nothing out of balance can be stored. Written
-- with that event and made again from the log by a rebuild.
CREATE TABLE IF NOT EXISTS journal (
    client_id {int} NOT NULL,
    case_id {uuid} NOT NULL,
    version {int} NOT NULL,
    n {int} NOT NULL,
    at {int} NOT NULL,
    month {int} NOT NULL,
    currency {text} NOT NULL,
    debit {text} NOT NULL,
    credit {text} NOT NULL,
    minor {int} NOT NULL,
    why {text} NOT NULL,
    PRIMARY KEY (client_id, case_id, version, n),
    CONSTRAINT journal_positive CHECK (minor > 0),
    CONSTRAINT journal_two_accounts CHECK (debit <> credit)
) {table};
CREATE INDEX IF NOT EXISTS journal_debit
    ON journal (client_id, currency, debit, at, case_id, version, n);
CREATE INDEX IF NOT EXISTS journal_credit
    ON journal (client_id, currency, credit, at, case_id, version, n);

-- the sums of the journal by month (year * 100 + month, in the client's time zone), kept with it.
-- `part` spreads the writers of one client over several rows, so that commands do not wait for
-- each other; a question adds the parts up.
CREATE TABLE IF NOT EXISTS account_balance (
    client_id {int} NOT NULL,
    currency {text} NOT NULL,
    account {text} NOT NULL,
    month {int} NOT NULL,
    part {int} NOT NULL,
    debit_minor {int} NOT NULL,
    credit_minor {int} NOT NULL,
    PRIMARY KEY (client_id, currency, account, month, part)
) {table};

-- the store credit of a customer in a currency; its events are in `event` under its id, whose key
-- there is the guard against overspending. What is held is part of the first two amounts.
CREATE TABLE IF NOT EXISTS credit_account (
    client_id {int} NOT NULL,
    credit_id {uuid} NOT NULL,
    customer_id {uuid} NOT NULL,
    currency {text} NOT NULL,
    version {int} NOT NULL,
    paid_minor {int} NOT NULL,
    promotional_minor {int} NOT NULL,
    held_minor {int} NOT NULL,
    ends_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    state {text} NOT NULL,
    PRIMARY KEY (client_id, credit_id),
    UNIQUE (client_id, customer_id, currency),
    CONSTRAINT credit_account_covered
        CHECK (paid_minor >= 0 AND promotional_minor >= 0 AND held_minor >= 0
            AND held_minor <= paid_minor + promotional_minor)
) {table};
CREATE INDEX IF NOT EXISTS credit_account_recent
    ON credit_account (client_id, updated_at, credit_id);
-- the watch over all accounts asks what ends next
CREATE INDEX IF NOT EXISTS credit_account_ends ON credit_account (ends_at);
