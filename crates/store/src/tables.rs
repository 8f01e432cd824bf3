//! The tables the write path fills, described once: columns, kinds and what happens on conflict.
//! From these the insert texts of both engines are made, and a test prepares each on both.

use crate::value::Kind;

/// What an insert does when its primary key is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnConflict {
    /// Fail: the key is a guard.
    Fail,
    /// Replace the columns after the key.
    Update,
    /// Keep the row that is there.
    Keep,
    /// Add the columns after the key, all numbers, to those that are there.
    Add,
}

/// A table as the write path sees it: the first `key` columns are its primary key.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Table name.
    pub name: &'static str,
    /// Columns in insert order, key first.
    pub columns: &'static [(&'static str, Kind)],
    /// How many leading columns form the key.
    pub key: usize,
    /// What a duplicate key does.
    pub on_conflict: OnConflict,
}

macro_rules! tables {
    ($($(#[$doc:meta])* $konst:ident = $name:literal key $key:literal $conflict:ident
        [$($column:ident $kind:ident),* $(,)?];)*) => {
        $($(#[$doc])* pub static $konst: Table = Table {
            name: $name,
            columns: &[$((stringify!($column), Kind::$kind)),*],
            key: $key,
            on_conflict: OnConflict::$conflict,
        };)*

        /// Every table of the write path, in the order a commit writes them.
        pub static ALL: &[&Table] = &[$(&$konst),*];
    };
}

tables! {
    /// Retailers; upserted by set-up.
    CLIENT = "client" key 1 Update [
        client_id Int, slug Text, name Text, settings Text, created_at Int,
    ];
    /// People; upserted by set-up.
    APP_USER = "app_user" key 1 Update [
        user_id Uuid, name Text, role Text, clients Text, disabled_at Int, created_at Int,
    ];
    /// The language a person chose; the last choice holds.
    APP_USER_LANGUAGE = "app_user_language" key 1 Update [
        user_id Uuid, lang Text, chosen_at Int,
    ];
    /// Which accounts are one person's, and how they are reached.
    APP_USER_PERSON = "app_user_person" key 1 Update [
        user_id Uuid, person_id Uuid, email Text, phone Text, postcode Text, street Text,
        changed_at Int,
    ];
    /// Links, sessions, keys.
    CREDENTIAL = "credential" key 1 Fail [
        token_hash Bytes, kind Text, user_id Uuid, label Text, expires_at Int, used_at Int,
        created_at Int,
    ];
    /// Sessions of browsers.
    SESSION = "session" key 1 Fail [
        token_hash Bytes, session_id Uuid, user_id Uuid, method Text, device Text, address Text,
        created_at Int, seen_at Int, auth_at Int, expires_at Int, idle_ms Int,
    ];
    /// Passkeys, authenticator apps, recovery codes, passwords; written again when they are used.
    AUTHENTICATOR = "authenticator" key 3 Update [
        user_id Uuid, kind Text, authenticator_id Uuid, name Text, body Text, counter Int,
        created_at Int, used_at Int,
    ];
    /// What people are known by; the last one to be given a name has it.
    SIGNIN_NAME = "signin_name" key 2 Update [
        kind Text, name Text, user_id Uuid, created_at Int,
    ];
    /// Challenges under way.
    CEREMONY = "ceremony" key 1 Fail [
        ceremony_id Bytes, kind Text, user_id Uuid, body Text, expires_at Int,
    ];
    /// Failed tries, counted.
    SIGNIN_TRY = "signin_try" key 2 Add [who Text, period Int, tries Int];
    /// What happened at the door.
    SIGNIN_EVENT = "signin_event" key 2 Fail [
        at Int, event_id Uuid, user_id Uuid, kind Text, method Text, detail Text, address Text,
        device Text,
    ];
    /// API keys.
    API_KEY = "api_key" key 1 Fail [
        token_hash Bytes, user_id Uuid, owner_id Uuid, name Text, prefix Text,
        permissions Text, clients Text, created_at Int, expires_at Int, revoked_at Int,
        used_at Int,
    ];
    /// Installation secrets; the first writer wins.
    HOUSE_SETTING = "house_setting" key 1 Keep [name Text, value Text];
    /// Policy versions; content-addressed, so a second publish of the same text is no change.
    POLICY_VERSION = "policy_version" key 2 Keep [
        client_id Int, hash Text, name Text, source Text, effective_from Text, published_at Int,
    ];
    /// Publications; a number is given once.
    POLICY_PUBLICATION = "policy_publication" key 2 Fail [
        client_id Int, number Int, hash Text, effective_from Text, goes_back_to Int,
        draft_id Uuid, seal Text, law Text, by_user Uuid, approved_by Uuid, note Text,
        published_at Int,
    ];
    /// Drafts of policies; changes are statements guarded by `rev`.
    POLICY_DRAFT = "policy_draft" key 2 Fail [
        client_id Int, draft_id Uuid, rev Int, state Text, title Text, base Text, body Text,
        effective_from Text, flow Text, tests Text, created_by Uuid, created_at Int,
        updated_by Uuid, updated_at Int,
    ];
    /// Checks and backtests.
    POLICY_RUN = "policy_run" key 2 Fail [
        client_id Int, run_id Uuid, draft_id Uuid, kind Text, state Text, content Text,
        params Text, done Int, total Int, result Text, by_user Uuid, created_at Int, run_at Int,
        finished_at Int,
    ];
    /// Cases a backtest decided otherwise; a run done again finds its rows.
    POLICY_RUN_CASE = "policy_run_case" key 4 Keep [
        client_id Int, run_id Uuid, bucket Text, case_id Uuid, rma Text, country Text,
        currency Text, before_minor Int, after_minor Int, clause Text, opened_at Int,
    ];
    /// Personal data; the newest import wins.
    CUSTOMER = "customer" key 2 Update [
        client_id Int, customer_id Uuid, external_id Text, contact Text, updated_at Int,
    ];
    /// A customer of whom an import knows no person: never overwrites what is known.
    NEW_CUSTOMER = "customer" key 2 Keep [
        client_id Int, customer_id Uuid, external_id Text, contact Text, updated_at Int,
    ];
    /// Wrapped keys of clients; the first writer of a version wins.
    CLIENT_KEY = "client_key" key 2 Keep [
        client_id Int, version Int, root Int, wrapped Bytes, made_at Int,
    ];
    /// Wrapped keys of people; who is second reads the first one's.
    PERSON = "person" key 3 Fail [
        client_id Int, subject Uuid, purpose Text, key_version Int, wrapped Bytes, made_at Int,
    ];
    /// What people are found by.
    PERSON_INDEX = "person_index" key 3 Keep [client_id Int, token Bytes, subject Uuid];
    /// Erasures; changes are statements guarded by `version`.
    ERASURE = "erasure" key 2 Fail [
        client_id Int, erasure_id Uuid, version Int, state Text, subject Bytes, target Uuid,
        asked_at Int, look_at Int, by_user Uuid, reason Text, body Text,
    ];
    /// Who looked at whose data.
    ACCESS_LOG = "access_log" key 2 Fail [
        client_id Int, access_id Uuid, at Int, by_user Uuid, act Text, subject Uuid,
        order_id Uuid, reason Text,
    ];
    /// How far sealing has come.
    SEAL_CURSOR = "seal_cursor" key 2 Update [
        client_id Int, part Text, after Uuid, done Int,
    ];
    /// Orders; importing one twice keeps the first.
    SALES_ORDER = "sales_order" key 2 Keep [
        client_id Int, order_id Uuid, number Text, customer_id Uuid, placed_at Int, country Text,
        currency Text, gross_minor Int, body Text,
    ];
    /// An order account as it is first written by an import: never resets a live one.
    NEW_ORDER_ACCOUNT = "order_account" key 2 Keep [
        client_id Int, order_id Uuid, seq Int, captured_minor Int, reserved_minor Int, body Text,
    ];
    /// An order account after a change; guarded by [`ACCOUNT_ENTRY`].
    ORDER_ACCOUNT = "order_account" key 2 Update [
        client_id Int, order_id Uuid, seq Int, captured_minor Int, reserved_minor Int, body Text,
    ];
    /// Account changes; the key is the order's optimistic lock.
    ACCOUNT_ENTRY = "account_entry" key 3 Fail [
        client_id Int, order_id Uuid, seq Int, case_id Uuid, body Text, at Int,
    ];
    /// Cases; guarded by [`EVENT`].
    RETURN_CASE = "return_case" key 2 Update [
        client_id Int, case_id Uuid, rma Text, order_id Uuid, order_number Text, customer_id Uuid,
        version Int, status Text, queue Text, path Text, title Text, country Text, currency Text,
        amount_minor Int, due_at Int, opened_at Int, updated_at Int, kept_units Int,
        state Text,
    ];
    /// Events; the key is the case's optimistic lock.
    EVENT = "event" key 3 Fail [
        client_id Int, case_id Uuid, version Int, kind Text, at Int, body Text, salt Bytes,
    ];
    /// Leaves without an index yet.
    LEDGER_PENDING = "ledger_pending" key 3 Fail [
        client_id Int, case_id Uuid, version Int, leaf_hash Bytes,
    ];
    /// Leaves with their index; two sequencers can never give one index twice.
    LEDGER_LEAF = "ledger_leaf" key 2 Fail [
        client_id Int, idx Int, case_id Uuid, version Int, leaf_hash Bytes,
    ];
    /// Hash tiles; partial tiles grow.
    LEDGER_TILE = "ledger_tile" key 3 Update [
        client_id Int, level Int, tile Int, hashes Bytes,
    ];
    /// Newest head of each log; guarded by [`LEDGER_LEAF`].
    LEDGER_HEAD = "ledger_head" key 1 Update [
        client_id Int, size Int, frontier Bytes, checkpoint Text, at Int,
    ];
    /// Every signed checkpoint.
    LEDGER_CHECKPOINT = "ledger_checkpoint" key 2 Fail [
        client_id Int, size Int, note Text, at Int,
    ];
    /// Money owed and how far its payment is.
    OBLIGATION = "obligation" key 2 Update [
        client_id Int, obligation_id Uuid, case_id Uuid, order_id Uuid, kind Text, state Text,
        gateway Text, amount_minor Int, currency Text, attempts Int, provider_ref Text,
        detail Text, created_at Int, updated_at Int,
    ];
    /// Return parcels.
    PARCEL = "parcel" key 2 Update [
        client_id Int, parcel_id Uuid, case_id Uuid, tracking Text, carrier Text, milestone Text,
        updated_at Int,
    ];
    /// Stock movements; one id, one movement.
    STOCK_MOVEMENT = "stock_movement" key 2 Keep [
        client_id Int, movement_id Uuid, case_id Uuid, sku Text, location Text, bucket Text,
        quantity Int, reason Text, at Int,
    ];
    /// The sums of [`STOCK_MOVEMENT`]; a row adds its quantity.
    STOCK_LEVEL = "stock_level" key 4 Add [
        client_id Int, sku Text, location Text, bucket Text, quantity Int,
    ];
    /// Units of articles exchanges have set aside.
    SHELF_HOLD = "shelf_hold" key 3 Update [
        client_id Int, obligation_id Uuid, sku Text, case_id Uuid, units Int,
    ];
    /// The books; guarded by [`EVENT`].
    JOURNAL = "journal" key 4 Update [
        client_id Int, case_id Uuid, version Int, n Int, at Int, month Int, currency Text,
        debit Text, credit Text, minor Int, why Text,
    ];
    /// The sums of [`JOURNAL`]; a row adds its amounts.
    ACCOUNT_BALANCE = "account_balance" key 5 Add [
        client_id Int, currency Text, account Text, month Int, part Int, debit_minor Int,
        credit_minor Int,
    ];
    /// Store credit; guarded by [`EVENT`].
    CREDIT_ACCOUNT = "credit_account" key 2 Update [
        client_id Int, credit_id Uuid, customer_id Uuid, currency Text, version Int,
        paid_minor Int, promotional_minor Int, held_minor Int, ends_at Int, updated_at Int,
        state Text,
    ];
    /// Credit notes and corrections; a number is given once, a turn of money has one document.
    DOCUMENT = "document" key 2 Fail [
        client_id Int, number Int, document_id Uuid, case_id Uuid, order_id Uuid,
        obligation_id Uuid, turn Int, kind Text, name Text, currency Text, gross_minor Int,
        tax_minor Int, issued_at Int, sha256 Text, body Text, xml Text,
    ];
    /// What was made once for all rows of a client.
    BACKFILL = "backfill" key 2 Keep [client_id Int, name Text, done_at Int];
    /// Which order a payment belongs to.
    ORDER_PAYMENT = "order_payment" key 3 Keep [client_id Int, payment Text, order_id Uuid];
    /// Disputes; guarded by [`EVENT`].
    DISPUTE = "dispute" key 2 Update [
        client_id Int, dispute_id Uuid, version Int, list Text, state Text, provider Text,
        reference Text, payment Text, order_id Uuid, order_number Text, category Text,
        scheme Text, reason Text, amount_minor Int, currency Text, lost_minor Int, place Int,
        heard_at Int, updated_at Int, pack Text, body Text,
    ];
    /// Evidence packs; the same bytes are the same pack.
    DISPUTE_PACK = "dispute_pack" key 3 Keep [
        client_id Int, dispute_id Uuid, sha256 Text, lang Text, made_at Int, bytes Bytes,
    ];
    /// Work that follows a commit.
    OUTBOX = "outbox" key 2 Update [
        client_id Int, job_id Uuid, case_id Uuid, kind Text, state Text, body Text, attempts Int,
        run_at Int, last_error Text, created_at Int,
    ];
    /// Stored answers of POSTs.
    IDEMPOTENCY = "idempotency" key 2 Fail [
        client_id Int, key Text, request_hash Bytes, case_id Uuid, answer Text, at Int,
    ];
    /// Messages taken in from outside.
    INBOUND = "inbound" key 3 Fail [
        client_id Int, source Text, message_id Text, outcome Text, at Int,
    ];
    /// Where a client's webhooks go.
    WEBHOOK_ENDPOINT = "webhook_endpoint" key 2 Update [
        client_id Int, endpoint_id Uuid, url Text, secret Text, disabled_at Int, created_at Int,
    ];
    /// What the law counts on cases.
    STATUTORY_CLOCK = "statutory_clock" key 4 Update [
        client_id Int, case_id Uuid, kind Text, rule Text, list Text, state Text, citation Text,
        rma Text, order_number Text, country Text, started_by Text, started_on Text,
        strict_on Text, due_on Text, met_on Text, breached_on Text, work_at Int, due_at Int,
        over_at Int, ring_at Int,
    ];
    /// Declarations of consumers; one form makes one.
    DECLARATION = "declaration" key 2 Fail [
        client_id Int, declaration_id Uuid, code Text, form_key Text, kind Text, state Text,
        order_ref Text, name Text, email Text, lang Text, goods Text, record Text, sha256 Text,
        received_at Int, received_on Text, acknowledged_at Int, version Int, case_id Uuid,
        note Text,
    ];
    /// Goods nobody can name an order for; one form keeps them once.
    STRAY_RECEIPT = "stray_receipt" key 2 Fail [
        client_id Int, stray_id Uuid, form_key Text, state Text, label Text, units Int,
        sender Text, tracking Text, by_user Uuid, received_at Int, case_id Uuid,
    ];
    /// Photographs given as evidence.
    EVIDENCE_PHOTO = "evidence_photo" key 3 Fail [
        client_id Int, case_id Uuid, photo_id Uuid, line Int, width Int, height Int, sha256 Text,
        bytes Bytes, added_at Int,
    ];
    /// The catalogue as a feed tells it; what is set aside stays.
    ARTICLE = "article" key 2 Update [
        client_id Int, sku Text, product Text, title Text, stock Int, body Text, updated_at Int,
    ];
    /// How articles are found.
    ARTICLE_WORD = "article_word" key 3 Keep [client_id Int, word Text, sku Text];
    /// Law packs; a version is never changed.
    LAW_PACK = "law_pack" key 3 Fail [
        client_id Int, name Text, version Int, hash Text, source Text, effective_from Text,
        note Text, by_user Uuid, published_at Int,
    ];
    /// Sets of packs cases were decided under.
    LAW_BOOK = "law_book" key 1 Keep [version Text, packs Text, kept_at Int];
    /// Sign-offs; the first one of a wording stands.
    LAW_SIGN_OFF = "law_sign_off" key 3 Fail [
        client_id Int, rule Text, content Text, reviewer Text, by_user Uuid, note Text, at Int,
    ];
    /// Limits of authority by version; a version is never changed.
    AUTHORITY_LIMIT = "authority_limit" key 3 Fail [
        client_id Int, currency Text, version Int, body Text, by_user Uuid, reason Text, at Int,
    ];
    /// What people decided about on a day; added to by guarded statements.
    AUTHORITY_USE = "authority_use" key 5 Fail [
        client_id Int, currency Text, kind Text, who Uuid, day Text, used_minor Int,
    ];
    /// Grants that need a second person.
    APPROVAL = "approval" key 3 Update [
        client_id Int, case_id Uuid, grant_no Int, state Text, hash Text, amount_minor Int,
        currency Text, asked_by Uuid, asked_at Int, updated_at Int,
    ];
    /// Changes of destination and payments made outside.
    PAYOUT_ASK = "payout_ask" key 3 Update [
        client_id Int, case_id Uuid, subject Uuid, kind Text, state Text, hash Text,
        amount_minor Int, currency Text, asked_by Uuid, asked_at Int, updated_at Int,
    ];
    /// Links to customers.
    PAYOUT_LINK = "payout_link" key 2 Fail [
        client_id Int, token_hash Bytes, case_id Uuid, purpose Text, subject Text, expires_at Int,
        used_at Int, made_at Int,
    ];
    /// Statements of account; one sent again is read again.
    BANK_STATEMENT = "bank_statement" key 4 Update [
        client_id Int, account Text, currency Text, statement Text, from_on Text, until_on Text,
        number Int, opening_minor Int, closing_minor Int, booked_minor Int, ours Int, others Int,
        received_at Int,
    ];
    /// Bookings that name no payment of ours; sent again they are the same rows.
    ACCOUNT_LINE = "account_line" key 4 Update [
        client_id Int, account Text, reference Text, n Int, kind Text, amount_minor Int,
        currency Text, booked_on Text, statement Text, said Text, received_at Int,
    ];
    /// Bookings of payments of ours; one reported again changes nothing.
    BANK_ENTRY = "bank_entry" key 6 Keep [
        client_id Int, obligation_id Uuid, account Text, source Text, reference Text, n Int,
        attempt Int, way Text, amount_minor Int, currency Text, booked_on Text, statement Text,
        received_at Int,
    ];
    /// What providers said about payments.
    GATEWAY_WORD = "gateway_word" key 5 Keep [
        client_id Int, obligation_id Uuid, attempt Int, source Text, message Text, said Text,
        code Text, at Int,
    ];
    /// Payments that are on their way.
    RECON_WAIT = "recon_wait" key 2 Update [
        client_id Int, obligation_id Uuid, since_on Text,
    ];
    /// What does not agree; guarded by [`RECON_NOTE`].
    RECON_BREAK = "recon_break" key 2 Update [
        client_id Int, break_id Uuid, rev Int, state Text, currency Text, kind Text, cause Text,
        subject Text, obligation_id Uuid, case_id Uuid, expected_minor Int, found_minor Int,
        found_currency Text, since_on Text, by_user Uuid, reason Text, opened_at Int,
        updated_at Int,
    ];
    /// Who did what about a break.
    RECON_NOTE = "recon_note" key 3 Fail [
        client_id Int, break_id Uuid, rev Int, at Int, by_user Uuid, act Text, reason Text,
        note Text,
    ];
    /// Reconciliations of days; taken and ended by guarded statements.
    RECON_RUN = "recon_run" key 2 Fail [
        client_id Int, day Text, state Text, epoch Int, seen_at Int, done Int, total Int,
        from_at Int, until_at Int,
    ];
    /// What a reconciliation came to; guarded by the epoch of [`RECON_RUN`].
    RECON_DAY = "recon_day" key 3 Update [
        client_id Int, day Text, currency Text, even_count Int, even_minor Int,
        waiting_count Int, waiting_minor Int, fresh_count Int, broken_count Int,
        broken_minor Int,
    ];
    /// What was refused at the edge.
    SECURITY_EVENT = "security_event" key 2 Fail [
        client_id Int, event_id Uuid, at Int, kind Text, actor Text, route Text, object Text,
        address Text, times Int,
    ];
}
