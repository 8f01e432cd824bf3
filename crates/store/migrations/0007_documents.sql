-- Documents: credit notes for money that was given back, and their corrections.

-- one row per document, never changed; `number` counts from 1 without a gap, in the order of
-- commits, for the legal entity of a client; `body` and `xml` hold the buyer's name and address:
-- personal data that tax law tells to keep
CREATE TABLE IF NOT EXISTS document (
    client_id {int} NOT NULL,
    number {int} NOT NULL,
    document_id {uuid} NOT NULL,
    case_id {uuid} NOT NULL,
    order_id {uuid} NOT NULL,
    obligation_id {uuid} NOT NULL,
    turn {int} NOT NULL,
    kind {text} NOT NULL,
    name {text} NOT NULL,
    currency {text} NOT NULL,
    gross_minor {int} NOT NULL,
    tax_minor {int} NOT NULL,
    issued_at {int} NOT NULL,
    sha256 {text} NOT NULL,
    body {text} NOT NULL,
    xml {text} NOT NULL,
    PRIMARY KEY (client_id, number),
    UNIQUE (client_id, document_id),
    UNIQUE (client_id, obligation_id, turn)
) {table};
-- the time leads the number, so that the engine without statistics does not take the primary key
CREATE INDEX IF NOT EXISTS document_of_case ON document (client_id, case_id, issued_at, number);
CREATE INDEX IF NOT EXISTS document_of_order ON document (client_id, order_id, issued_at, number);
