-- The language a person chose for their pages.

-- local: of people of the house, its clients and partners; none here: as their browser asks
CREATE TABLE IF NOT EXISTS app_user_language (
    user_id {uuid} NOT NULL PRIMARY KEY,
    lang {text} NOT NULL,
    chosen_at {int} NOT NULL
) {table};
