-- Authority: limits as data, what of them is used, and grants that need a second person.

-- limits per client and currency; a change is a new version
CREATE TABLE IF NOT EXISTS authority_limit (
    client_id {int} NOT NULL,
    currency {text} NOT NULL,
    version {int} NOT NULL,
    body {text} NOT NULL,
    by_user {uuid},
    reason {text} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (client_id, currency, version)
) {table};

-- what was decided about on a day: by a person, about a customer, for the client; guarded, so that
-- decisions made at once cannot pass a limit together
CREATE TABLE IF NOT EXISTS authority_use (
    client_id {int} NOT NULL,
    currency {text} NOT NULL,
    kind {text} NOT NULL,
    who {uuid} NOT NULL,
    day {text} NOT NULL,
    used_minor {int} NOT NULL,
    PRIMARY KEY (client_id, currency, kind, who, day)
) {table};

-- grants above their makers' authority
CREATE TABLE IF NOT EXISTS approval (
    client_id {int} NOT NULL,
    case_id {uuid} NOT NULL,
    grant_no {int} NOT NULL,
    state {text} NOT NULL,
    hash {text} NOT NULL,
    amount_minor {int} NOT NULL,
    currency {text} NOT NULL,
    asked_by {uuid},
    asked_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (client_id, case_id, grant_no)
) {table};
CREATE INDEX IF NOT EXISTS approval_list ON approval (client_id, state, asked_at, case_id);
