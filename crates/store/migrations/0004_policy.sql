-- What a client publishes, and what its authors work on.

-- versions as they were published; the text itself is in policy_version, once for each content.
-- The first version of a client may have no draft, nobody who approved it and no seal.
CREATE TABLE IF NOT EXISTS policy_publication (
    client_id {int} NOT NULL,
    number {int} NOT NULL,
    hash {text} NOT NULL,
    effective_from {text} NOT NULL,
    goes_back_to {int},
    draft_id {uuid},
    seal {text} NOT NULL,
    law {text} NOT NULL,
    by_user {uuid},
    approved_by {uuid},
    note {text} NOT NULL,
    published_at {int} NOT NULL,
    PRIMARY KEY (client_id, number),
    FOREIGN KEY (client_id, hash) REFERENCES policy_version (client_id, hash)
) {table};

-- versions from before publications were kept
INSERT INTO policy_publication
    SELECT client_id, row_number() OVER
        (PARTITION BY client_id ORDER BY published_at, effective_from, hash),
        hash, effective_from, NULL, NULL, '', '', NULL, NULL, '', published_at
    FROM policy_version WHERE client_id > 0
    ON CONFLICT DO NOTHING;

-- drafts as typed, whether they are a policy or not; `rev` counts what was stored, `flow` is who
-- wrote, asked and approved, as JSON, `tests` the rows of the test table as CSV
CREATE TABLE IF NOT EXISTS policy_draft (
    client_id {int} NOT NULL,
    draft_id {uuid} NOT NULL,
    rev {int} NOT NULL,
    state {text} NOT NULL,
    title {text} NOT NULL,
    base {text} NOT NULL,
    body {text} NOT NULL,
    effective_from {text} NOT NULL,
    flow {text} NOT NULL,
    tests {text} NOT NULL,
    created_by {uuid} NOT NULL,
    created_at {int} NOT NULL,
    updated_by {uuid} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (client_id, draft_id)
) {table};
CREATE INDEX IF NOT EXISTS policy_draft_state
    ON policy_draft (client_id, state, updated_at, draft_id);

-- checks and backtests of drafts: long work with progress and a kept result. An open one whose
-- `run_at` is past waits for somebody to do it.
CREATE TABLE IF NOT EXISTS policy_run (
    client_id {int} NOT NULL,
    run_id {uuid} NOT NULL,
    draft_id {uuid} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    content {text} NOT NULL,
    params {text} NOT NULL,
    done {int} NOT NULL,
    total {int} NOT NULL,
    result {text} NOT NULL,
    by_user {uuid} NOT NULL,
    created_at {int} NOT NULL,
    run_at {int} NOT NULL,
    finished_at {int},
    PRIMARY KEY (client_id, run_id)
) {table};
CREATE INDEX IF NOT EXISTS policy_run_draft
    ON policy_run (client_id, draft_id, kind, created_at, run_id);
CREATE INDEX IF NOT EXISTS policy_run_open ON policy_run (run_at) WHERE state = 'open';

-- cases a backtest decided otherwise; `bucket` is better, worse or other, with both outcomes
CREATE TABLE IF NOT EXISTS policy_run_case (
    client_id {int} NOT NULL,
    run_id {uuid} NOT NULL,
    bucket {text} NOT NULL,
    case_id {uuid} NOT NULL,
    rma {text} NOT NULL,
    country {text} NOT NULL,
    currency {text} NOT NULL,
    before_minor {int} NOT NULL,
    after_minor {int} NOT NULL,
    clause {text} NOT NULL,
    opened_at {int} NOT NULL,
    PRIMARY KEY (client_id, run_id, bucket, case_id)
) {table};
