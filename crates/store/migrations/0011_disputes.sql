-- Disputes of payments: where each stands, the evidence packs made for them, and which order a
-- payment belongs to.

-- payments as orders name them: the provider's own number, without the provider's name
CREATE TABLE IF NOT EXISTS order_payment (
    client_id {int} NOT NULL,
    payment {text} NOT NULL,
    order_id {uuid} NOT NULL,
    PRIMARY KEY (client_id, payment, order_id)
) {table};

-- the read model of a dispute; `place` is where its list has it: by deadline, or newest first
CREATE TABLE IF NOT EXISTS dispute (
    client_id {int} NOT NULL,
    dispute_id {uuid} NOT NULL,
    version {int} NOT NULL,
    list {text} NOT NULL,
    state {text} NOT NULL,
    provider {text} NOT NULL,
    reference {text} NOT NULL,
    payment {text} NOT NULL,
    order_id {uuid},
    order_number {text} NOT NULL,
    category {text} NOT NULL,
    scheme {text} NOT NULL,
    reason {text} NOT NULL,
    amount_minor {int} NOT NULL,
    currency {text} NOT NULL,
    lost_minor {int} NOT NULL,
    place {int} NOT NULL,
    heard_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    pack {text} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (client_id, dispute_id)
) {table};
CREATE INDEX IF NOT EXISTS dispute_list ON dispute (client_id, list, place, dispute_id);
CREATE INDEX IF NOT EXISTS dispute_order ON dispute (client_id, order_id);

-- evidence packs by the hash of their bytes; personal data
CREATE TABLE IF NOT EXISTS dispute_pack (
    client_id {int} NOT NULL,
    dispute_id {uuid} NOT NULL,
    sha256 {text} NOT NULL,
    lang {text} NOT NULL,
    made_at {int} NOT NULL,
    bytes {bytes} NOT NULL,
    PRIMARY KEY (client_id, dispute_id, sha256)
) {table};
