-- What clients sell today, as their feeds tell: the goods an exchange may send out.

-- `stock` is what the feed says; `reserved` is set aside by exchanges and never told by a feed
CREATE TABLE IF NOT EXISTS article (
    client_id {int} NOT NULL,
    sku {text} NOT NULL,
    product {text} NOT NULL,
    title {text} NOT NULL,
    stock {int} NOT NULL,
    body {text} NOT NULL,
    updated_at {int} NOT NULL,
    reserved {int} NOT NULL DEFAULT 0,
    PRIMARY KEY (client_id, sku)
) {table};
CREATE INDEX IF NOT EXISTS article_product ON article (client_id, product, title, sku);

-- beginnings of the words of an article, so that a search is a look-up on both engines
CREATE TABLE IF NOT EXISTS article_word (
    client_id {int} NOT NULL,
    word {text} NOT NULL,
    sku {text} NOT NULL,
    PRIMARY KEY (client_id, word, sku)
) {table};
CREATE INDEX IF NOT EXISTS article_word_sku ON article_word (client_id, sku);
