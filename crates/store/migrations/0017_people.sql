-- Who the people of the house are: which accounts are one person's, and how to tell an order of
-- their own.

-- local: of people of the house, its clients and partners
CREATE TABLE IF NOT EXISTS app_user_person (
    user_id {uuid} NOT NULL PRIMARY KEY,
    person_id {uuid},
    email {text} NOT NULL,
    phone {text} NOT NULL,
    postcode {text} NOT NULL,
    street {text} NOT NULL,
    changed_at {int} NOT NULL
) {table};
