//! Every column that holds something about a person, once: encryption, masking, export, erasure and
//! the house's own test of completeness read this table. `docs/privacy.md` says it in words.

use crate::key::Purpose;

/// What is done with a personal column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// The whole value is sealed under the person's key of this purpose.
    Sealed(Purpose),
    /// Texts inside its JSON are sealed one by one, so that the rest can be read without them.
    Words,
    /// Only a keyed hash is stored; an erasure removes it where it can be looked up by.
    Hashed,
    /// Written by the people of the house about their own work, and kept in clear.
    House,
    /// A file beside the database; an erasure deletes it.
    File,
}

/// A personal column.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its table, or the folder of files.
    pub table: &'static str,
    /// The column, or the kind of file.
    pub column: &'static str,
    /// What is done with it.
    pub treatment: Treatment,
    /// What it says about a person.
    pub holds: &'static str,
}

impl Field {
    /// The purpose of the key it is sealed under.
    pub const fn purpose(&self) -> Purpose {
        match self.treatment {
            Treatment::Sealed(purpose) => purpose,
            _ => Purpose::Person,
        }
    }
}

macro_rules! fields {
    ($($name:ident = $table:literal $column:literal $treatment:expr, $holds:literal;)*) => {
        $(
            #[doc = concat!("`", $table, ".", $column, "`: ", $holds, ".")]
            pub static $name: Field = Field {
                table: $table,
                column: $column,
                treatment: $treatment,
                holds: $holds,
            };
        )*
        /// Every personal column.
        pub static FIELDS: &[&Field] = &[$(&$name),*];
    };
}

use Treatment::{File, Hashed, House, Sealed, Words};

fields! {
    CONTACT = "customer" "contact" Sealed(Purpose::Person),
        "name, e-mail, telephone, address, language, bank account";
    EXTERNAL = "customer" "external_id" Hashed, "the customer's number in the other system";
    TOKEN = "person_index" "token" Hashed, "what a person is looked up by";
    DECLARATION = "declaration" "record" Sealed(Purpose::Person),
        "name, e-mail, contract, goods and words of who declared";
    DECLARATION_NOTE = "declaration" "note" Sealed(Purpose::Person),
        "why it was closed, in words of the house";
    STRAY = "stray_receipt" "sender" Sealed(Purpose::Person), "who sent a parcel nobody can name";
    PHOTO = "evidence_photo" "bytes" Sealed(Purpose::Person), "what a photograph shows";
    DOCUMENT = "document" "body" Sealed(Purpose::Papers), "the buyer's name and address";
    DOCUMENT_XML = "document" "xml" Sealed(Purpose::Papers), "the buyer's name and address";
    PACK = "dispute_pack" "bytes" Sealed(Purpose::Person), "what is said about a buyer to their bank";
    EVENT_WORDS = "event" "body" Words, "what people wrote: reasons, notes, objections";
    CASE_WORDS = "return_case" "state" Words, "the same where a case repeats it";
    MAIL = "mail" "eml" File, "messages to a person, where no mail server is set";
    ERASURE = "erasure" "subject" Hashed, "who was erased";
    ACCESS_REASON = "access_log" "reason" House, "why somebody of the house looked";
}

/// Tables and what they say about nobody outside the house, so that a new table has to be placed.
/// Ids are pseudonyms: they lead to a person only as long as [`CONTACT`] can be read.
pub static IMPERSONAL: &[&str] = &[
    "account_balance",
    "account_entry",
    "account_line",
    "api_key",
    "app_user",
    "app_user_language",
    "app_user_person",
    "approval",
    "article",
    "article_word",
    "authenticator",
    "authority_limit",
    "authority_use",
    "backfill",
    "bank_entry",
    "bank_statement",
    "ceremony",
    "client",
    "client_key",
    "credential",
    "credit_account",
    "dispute",
    "gateway_word",
    "house_setting",
    "idempotency",
    "inbound",
    "journal",
    "law_book",
    "law_pack",
    "law_sign_off",
    "ledger_checkpoint",
    "ledger_head",
    "ledger_leaf",
    "ledger_pending",
    "ledger_tile",
    "obligation",
    "order_account",
    "order_payment",
    "outbox",
    "parcel",
    "payout_ask",
    "payout_link",
    "person",
    "policy_draft",
    "policy_publication",
    "policy_run",
    "policy_run_case",
    "policy_version",
    "recon_break",
    "recon_day",
    "recon_note",
    "recon_run",
    "recon_wait",
    "sales_order",
    "seal_cursor",
    "security_event",
    "session",
    "shelf_hold",
    "signin_event",
    "signin_name",
    "signin_try",
    "statutory_clock",
    "stock_level",
    "stock_movement",
    "webhook_endpoint",
];

/// Where wrapped keys stand; bound to their place like the data.
pub static CLIENT_KEY: Field = Field {
    table: "client_key",
    column: "wrapped",
    treatment: Sealed(Purpose::Person),
    holds: "a key of a client",
};
/// Where wrapped keys of people stand.
pub static PERSON_KEY: Field = Field {
    table: "person",
    column: "wrapped",
    treatment: Sealed(Purpose::Person),
    holds: "a key of a person",
};
