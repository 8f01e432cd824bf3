-- What exchanges keep on the shelf.

-- units of an article one exchange has set aside: `article.reserved` is their sum. The row stays
-- with no units when the goods were sent or given up. It follows from the events of its case.
CREATE TABLE IF NOT EXISTS shelf_hold (
    client_id {int} NOT NULL,
    obligation_id {uuid} NOT NULL,
    sku {text} NOT NULL,
    case_id {uuid} NOT NULL,
    units {int} NOT NULL,
    PRIMARY KEY (client_id, obligation_id, sku),
    CONSTRAINT shelf_hold_units CHECK (units >= 0)
) {table};
CREATE INDEX IF NOT EXISTS shelf_hold_case ON shelf_hold (client_id, case_id, sku, obligation_id);
