-- Goods and evidence that come from outside: parcels nobody can name an order for, photographs.

-- goods that came without anything that names an order, until somebody knows whose they are;
-- `sender` is personal data
CREATE TABLE IF NOT EXISTS stray_receipt (
    client_id {int} NOT NULL,
    stray_id {uuid} NOT NULL,
    form_key {text} NOT NULL,
    state {text} NOT NULL,
    label {text} NOT NULL,
    units {int} NOT NULL,
    sender {text} NOT NULL,
    tracking {text} NOT NULL,
    by_user {uuid} NOT NULL,
    received_at {int} NOT NULL,
    case_id {uuid},
    PRIMARY KEY (client_id, stray_id),
    UNIQUE (client_id, form_key)
) {table};
CREATE INDEX IF NOT EXISTS stray_receipt_state
    ON stray_receipt (client_id, state, received_at, stray_id);

-- photographs customers gave as evidence, made anew without what cameras add; personal data
CREATE TABLE IF NOT EXISTS evidence_photo (
    client_id {int} NOT NULL,
    case_id {uuid} NOT NULL,
    photo_id {uuid} NOT NULL,
    line {int} NOT NULL,
    width {int} NOT NULL,
    height {int} NOT NULL,
    sha256 {text} NOT NULL,
    bytes {bytes} NOT NULL,
    added_at {int} NOT NULL,
    PRIMARY KEY (client_id, case_id, photo_id)
) {table};
