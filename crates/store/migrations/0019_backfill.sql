-- What older rows lacked and was made once for all rows of a client, beside the running house.
CREATE TABLE IF NOT EXISTS backfill (
    client_id {int} NOT NULL,
    name {text} NOT NULL,
    done_at {int} NOT NULL,
    PRIMARY KEY (client_id, name)
) {table};
