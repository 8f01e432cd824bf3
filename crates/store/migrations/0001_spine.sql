-- One schema text for both engines. {uuid} {int} {text} {bytes} are the column types and
-- {table} the table options of the engine; everything else is SQL that both read alike.
-- Every table is `tenant` (client_id leads every key) or `local` (installation-wide directory).
-- Times are milliseconds since 1970 UTC; JSON is opaque text; money is minor units.

-- local: the retailers this BPO works for
CREATE TABLE IF NOT EXISTS client (
    client_id {int} NOT NULL PRIMARY KEY,
    slug {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    settings {text} NOT NULL,
    created_at {int} NOT NULL
) {table};

-- local: people and service accounts of the BPO, its clients and partners
CREATE TABLE IF NOT EXISTS app_user (
    user_id {uuid} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    role {text} NOT NULL,
    clients {text} NOT NULL,
    disabled_at {int},
    created_at {int} NOT NULL
) {table};

-- local: one-time sign-in links, sessions and API keys; only hashes are stored
CREATE TABLE IF NOT EXISTS credential (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    user_id {uuid} NOT NULL,
    label {text} NOT NULL,
    expires_at {int} NOT NULL,
    used_at {int},
    created_at {int} NOT NULL
) {table};

-- local: secrets and settings of the installation itself (log keys, CSRF key), written once
CREATE TABLE IF NOT EXISTS house_setting (
    name {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL
) {table};

CREATE TABLE IF NOT EXISTS policy_version (
    client_id {int} NOT NULL,
    hash {text} NOT NULL,
    name {text} NOT NULL,
    source {text} NOT NULL,
    effective_from {text} NOT NULL,
    published_at {int} NOT NULL,
    PRIMARY KEY (client_id, hash)
) {table};

-- personal data, apart from events
CREATE TABLE IF NOT EXISTS customer (
    client_id {int} NOT NULL,
    customer_id {uuid} NOT NULL,
    external_id {text} NOT NULL,
    contact {text} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (client_id, customer_id),
    UNIQUE (client_id, external_id)
) {table};

-- what was sold; never changes after import
CREATE TABLE IF NOT EXISTS sales_order (
    client_id {int} NOT NULL,
    order_id {uuid} NOT NULL,
    number {text} NOT NULL,
    customer_id {uuid} NOT NULL,
    placed_at {int} NOT NULL,
    country {text} NOT NULL,
    currency {text} NOT NULL,
    gross_minor {int} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (client_id, order_id),
    UNIQUE (client_id, number)
) {table};
CREATE INDEX IF NOT EXISTS sales_order_recent ON sales_order (client_id, placed_at);
CREATE INDEX IF NOT EXISTS sales_order_customer
    ON sales_order (client_id, customer_id, placed_at, order_id);

-- money and units of an order that move: the guard of invariants 1 and 3
CREATE TABLE IF NOT EXISTS order_account (
    client_id {int} NOT NULL,
    order_id {uuid} NOT NULL,
    seq {int} NOT NULL,
    captured_minor {int} NOT NULL,
    reserved_minor {int} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (client_id, order_id),
    CONSTRAINT order_account_ceiling CHECK (reserved_minor <= captured_minor)
) {table};

-- every change of an order account; its key is the optimistic lock of the order
CREATE TABLE IF NOT EXISTS account_entry (
    client_id {int} NOT NULL,
    order_id {uuid} NOT NULL,
    seq {int} NOT NULL,
    case_id {uuid} NOT NULL,
    body {text} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (client_id, order_id, seq)
) {table};

CREATE TABLE IF NOT EXISTS return_case (
    client_id {int} NOT NULL,
    case_id {uuid} NOT NULL,
    rma {text} NOT NULL,
    order_id {uuid} NOT NULL,
    order_number {text} NOT NULL,
    customer_id {uuid} NOT NULL,
    version {int} NOT NULL,
    status {text} NOT NULL,
    queue {text} NOT NULL,
    path {text} NOT NULL,
    title {text} NOT NULL,
    country {text} NOT NULL,
    currency {text} NOT NULL,
    amount_minor {int} NOT NULL,
    due_at {int} NOT NULL,
    opened_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    kept_units {int} NOT NULL,
    state {text} NOT NULL,
    PRIMARY KEY (client_id, case_id),
    UNIQUE (client_id, rma),
    FOREIGN KEY (client_id, order_id) REFERENCES sales_order (client_id, order_id)
) {table};
CREATE INDEX IF NOT EXISTS return_case_queue ON return_case (client_id, queue, due_at, case_id);
CREATE INDEX IF NOT EXISTS return_case_order ON return_case (client_id, order_id, opened_at);
CREATE INDEX IF NOT EXISTS return_case_number
    ON return_case (client_id, order_number, opened_at, case_id);
CREATE INDEX IF NOT EXISTS return_case_opened ON return_case (client_id, opened_at, case_id);
-- how often a customer was paid and kept the goods: a policy caps it
CREATE INDEX IF NOT EXISTS return_case_kept
    ON return_case (client_id, customer_id, opened_at) WHERE kept_units > 0;
-- a scan at the dock knows the RMA before it knows the client
CREATE INDEX IF NOT EXISTS return_case_rma ON return_case (rma);

-- the event log; its key is the optimistic lock of the case. `body` is canonical JSON, byte for
-- byte what the ledger leaf commits to under `salt`.
CREATE TABLE IF NOT EXISTS event (
    client_id {int} NOT NULL,
    case_id {uuid} NOT NULL,
    version {int} NOT NULL,
    kind {text} NOT NULL,
    at {int} NOT NULL,
    body {text} NOT NULL,
    salt {bytes} NOT NULL,
    PRIMARY KEY (client_id, case_id, version)
) {table};

-- leaves that wait for their index; deleted when the sequencer has given it
CREATE TABLE IF NOT EXISTS ledger_pending (
    client_id {int} NOT NULL,
    case_id {uuid} NOT NULL,
    version {int} NOT NULL,
    leaf_hash {bytes} NOT NULL,
    PRIMARY KEY (client_id, case_id, version)
) {table};

CREATE TABLE IF NOT EXISTS ledger_leaf (
    client_id {int} NOT NULL,
    idx {int} NOT NULL,
    case_id {uuid} NOT NULL,
    version {int} NOT NULL,
    leaf_hash {bytes} NOT NULL,
    PRIMARY KEY (client_id, idx),
    UNIQUE (client_id, case_id, version)
) {table};

CREATE TABLE IF NOT EXISTS ledger_tile (
    client_id {int} NOT NULL,
    level {int} NOT NULL,
    tile {int} NOT NULL,
    hashes {bytes} NOT NULL,
    PRIMARY KEY (client_id, level, tile)
) {table};

CREATE TABLE IF NOT EXISTS ledger_head (
    client_id {int} NOT NULL PRIMARY KEY,
    size {int} NOT NULL,
    frontier {bytes} NOT NULL,
    checkpoint {text} NOT NULL,
    at {int} NOT NULL
) {table};

CREATE TABLE IF NOT EXISTS ledger_checkpoint (
    client_id {int} NOT NULL,
    size {int} NOT NULL,
    note {text} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (client_id, size)
) {table};

CREATE TABLE IF NOT EXISTS obligation (
    client_id {int} NOT NULL,
    obligation_id {uuid} NOT NULL,
    case_id {uuid} NOT NULL,
    order_id {uuid} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    gateway {text} NOT NULL,
    amount_minor {int} NOT NULL,
    currency {text} NOT NULL,
    attempts {int} NOT NULL,
    provider_ref {text} NOT NULL,
    detail {text} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (client_id, obligation_id),
    CONSTRAINT obligation_positive CHECK (amount_minor > 0)
) {table};
CREATE INDEX IF NOT EXISTS obligation_state ON obligation (client_id, state, updated_at);
-- the order of the answer stands in this and other indexes: without it SQLite, which has no
-- statistics, walks the primary key over every row of the client instead
CREATE INDEX IF NOT EXISTS obligation_case ON obligation (client_id, case_id, created_at, obligation_id);
-- a bank answers with our obligation id alone
CREATE INDEX IF NOT EXISTS obligation_key ON obligation (obligation_id);

-- the folder a client's payment files leave through, and the process that works in it
CREATE TABLE IF NOT EXISTS bank_folder (
    client_id {int} NOT NULL PRIMARY KEY,
    folder {uuid} NOT NULL,
    holder {uuid} NOT NULL,
    epoch {int} NOT NULL,
    seen_at {int} NOT NULL
) {table};

CREATE TABLE IF NOT EXISTS parcel (
    client_id {int} NOT NULL,
    parcel_id {uuid} NOT NULL,
    case_id {uuid} NOT NULL,
    tracking {text} NOT NULL,
    carrier {text} NOT NULL,
    milestone {text} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (client_id, parcel_id),
    UNIQUE (client_id, tracking)
) {table};
CREATE INDEX IF NOT EXISTS parcel_case ON parcel (client_id, case_id, tracking);
-- a carrier scan knows the tracking number before it knows the client
CREATE INDEX IF NOT EXISTS parcel_tracking ON parcel (tracking);

CREATE TABLE IF NOT EXISTS stock_movement (
    client_id {int} NOT NULL,
    movement_id {uuid} NOT NULL,
    case_id {uuid} NOT NULL,
    sku {text} NOT NULL,
    location {text} NOT NULL,
    bucket {text} NOT NULL,
    quantity {int} NOT NULL,
    reason {text} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (client_id, movement_id)
) {table};
CREATE INDEX IF NOT EXISTS stock_movement_case ON stock_movement (client_id, case_id, at, movement_id);

-- the sum of all movements, kept with them: a page never adds up years
CREATE TABLE IF NOT EXISTS stock_level (
    client_id {int} NOT NULL,
    sku {text} NOT NULL,
    location {text} NOT NULL,
    bucket {text} NOT NULL,
    quantity {int} NOT NULL,
    PRIMARY KEY (client_id, sku, location, bucket)
) {table};

-- what must follow a commit: labels, mail, payments, webhooks, stock pushes
CREATE TABLE IF NOT EXISTS outbox (
    client_id {int} NOT NULL,
    job_id {uuid} NOT NULL,
    case_id {uuid} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    body {text} NOT NULL,
    attempts {int} NOT NULL,
    run_at {int} NOT NULL,
    last_error {text} NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (client_id, job_id)
) {table};
CREATE INDEX IF NOT EXISTS outbox_open ON outbox (run_at) WHERE state = 'open';
CREATE INDEX IF NOT EXISTS outbox_state ON outbox (client_id, state, run_at);
-- few are dead, and metrics count them over every client
CREATE INDEX IF NOT EXISTS outbox_dead ON outbox (client_id, job_id) WHERE state = 'dead';
CREATE INDEX IF NOT EXISTS outbox_case ON outbox (client_id, case_id, created_at, job_id);

-- the stored answer of a POST, so that a retry gets the same one
CREATE TABLE IF NOT EXISTS idempotency (
    client_id {int} NOT NULL,
    key {text} NOT NULL,
    request_hash {bytes} NOT NULL,
    case_id {uuid} NOT NULL,
    answer {text} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (client_id, key)
) {table};
CREATE INDEX IF NOT EXISTS idempotency_age ON idempotency (client_id, at);

-- messages from outside that were taken in; a second delivery finds its row and does nothing
CREATE TABLE IF NOT EXISTS inbound (
    client_id {int} NOT NULL,
    source {text} NOT NULL,
    message_id {text} NOT NULL,
    outcome {text} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (client_id, source, message_id)
) {table};

CREATE TABLE IF NOT EXISTS webhook_endpoint (
    client_id {int} NOT NULL,
    endpoint_id {uuid} NOT NULL,
    url {text} NOT NULL,
    secret {text} NOT NULL,
    disabled_at {int},
    created_at {int} NOT NULL,
    PRIMARY KEY (client_id, endpoint_id)
) {table};

-- what the law counts on cases: worklist, reminders and the breach report read it. `list` is
-- `work` (somebody must act by a day), `waiting` (open, without a day) or `done`.
CREATE TABLE IF NOT EXISTS statutory_clock (
    client_id {int} NOT NULL,
    case_id {uuid} NOT NULL,
    kind {text} NOT NULL,
    rule {text} NOT NULL,
    list {text} NOT NULL,
    state {text} NOT NULL,
    citation {text} NOT NULL,
    rma {text} NOT NULL,
    order_number {text} NOT NULL,
    country {text} NOT NULL,
    started_by {text} NOT NULL,
    started_on {text} NOT NULL,
    strict_on {text} NOT NULL,
    due_on {text} NOT NULL,
    met_on {text} NOT NULL,
    breached_on {text} NOT NULL,
    work_at {int} NOT NULL,
    due_at {int} NOT NULL,
    over_at {int} NOT NULL,
    ring_at {int} NOT NULL,
    PRIMARY KEY (client_id, case_id, kind, rule)
) {table};
CREATE INDEX IF NOT EXISTS statutory_clock_work
    ON statutory_clock (client_id, list, work_at, case_id, kind, rule);
CREATE INDEX IF NOT EXISTS statutory_clock_kind
    ON statutory_clock (client_id, list, kind, work_at, case_id, rule);
CREATE INDEX IF NOT EXISTS statutory_clock_over ON statutory_clock (client_id, over_at, case_id, kind);
-- the watch over all clocks asks which ring next
CREATE INDEX IF NOT EXISTS statutory_clock_ring ON statutory_clock (ring_at);

-- declarations of consumers, acknowledged at once and matched to an order by the portal or by a
-- person; personal data, apart from events
CREATE TABLE IF NOT EXISTS declaration (
    client_id {int} NOT NULL,
    declaration_id {uuid} NOT NULL,
    code {text} NOT NULL,
    form_key {text} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    order_ref {text} NOT NULL,
    name {text} NOT NULL,
    email {text} NOT NULL,
    lang {text} NOT NULL,
    goods {text} NOT NULL,
    record {text} NOT NULL,
    sha256 {text} NOT NULL,
    received_at {int} NOT NULL,
    received_on {text} NOT NULL,
    acknowledged_at {int} NOT NULL,
    version {int} NOT NULL,
    case_id {uuid},
    note {text} NOT NULL,
    PRIMARY KEY (client_id, declaration_id),
    UNIQUE (client_id, code),
    UNIQUE (client_id, form_key)
) {table};
CREATE INDEX IF NOT EXISTS declaration_state
    ON declaration (client_id, state, received_at, declaration_id);

-- law packs of the house (client 0) or of a client; `hash` is SHA-256 of the text
CREATE TABLE IF NOT EXISTS law_pack (
    client_id {int} NOT NULL,
    name {text} NOT NULL,
    version {int} NOT NULL,
    hash {text} NOT NULL,
    source {text} NOT NULL,
    effective_from {text} NOT NULL,
    note {text} NOT NULL,
    by_user {uuid} NOT NULL,
    published_at {int} NOT NULL,
    PRIMARY KEY (client_id, name, version)
) {table};

-- local: every set of packs a case was ever decided under, by its version
CREATE TABLE IF NOT EXISTS law_book (
    version {text} NOT NULL PRIMARY KEY,
    packs {text} NOT NULL,
    kept_at {int} NOT NULL
) {table};

-- who of the qualified reviewers answers for a rule as it is worded; client 0 for the house
CREATE TABLE IF NOT EXISTS law_sign_off (
    client_id {int} NOT NULL,
    rule {text} NOT NULL,
    content {text} NOT NULL,
    reviewer {text} NOT NULL,
    by_user {uuid} NOT NULL,
    note {text} NOT NULL,
    at {int} NOT NULL,
    PRIMARY KEY (client_id, rule, content)
) {table};
