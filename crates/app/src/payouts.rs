//! Money to another bank account than what paid: the customer names one by a one-time link, or an
//! agent at the desk; what second people answer; and what a person who leaves had asked for or
//! approved. Account numbers stay with the contact of the customer: events carry a commitment.

use crate::{
    App, AppError,
    cases::{Answer, Call, Loaded},
    commit::int,
    directory::Client,
    intake::{CaseAccount, StoredContact},
    views::Proof,
};
use jiff::SignedDuration;
use kernel::{CaseId, ClientId, CustomerId, Money, Permission, Scope, Timestamp, UserId};
use returns::{
    About, Command, Known, Manual, NameMatch, ObligationState, Redirect, RedirectState, ReturnCase,
    SalesOrder,
};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use store::{
    Val, Write,
    questions::{self, payouts},
    tables,
};
use uuid::Uuid;

pub use store::questions::payouts::AskRow;

/// How long a link to name an account works, days.
pub const LINK_DAYS: i64 = 7;
/// How long a link to object works, days: longer than any payment takes to be stopped.
const OBJECT_DAYS: i64 = 30;
/// Longest name of a holder, characters: what a payment file takes.
pub const HOLDER_MAX: usize = 70;
/// Longest token taken.
const TOKEN_MAX: usize = 64;
/// Longest reason, characters.
const REASON_MAX: usize = 500;
/// Cases looked at when somebody leaves, of each state of payment.
const LEFT_MAX: i64 = 100_000;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// To name an account.
    Account,
    /// To object to one.
    Object,
}

impl LinkPurpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Object => "object",
        }
    }
}

/// An account as somebody typed it. `Debug` says nothing.
#[derive(Clone, Default)]
pub struct AccountGiven {
    /// Its holder.
    pub holder: String,
    /// Its IBAN.
    pub iban: String,
    /// Why, needed where the holder is not the buyer.
    pub reason: String,
}

impl std::fmt::Debug for AccountGiven {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccountGiven(..)")
    }
}

/// What a link shows. It says no name.
#[derive(Debug, Clone)]
pub struct LinkPage {
    /// The case.
    pub case: ReturnCase,
    /// Its order.
    pub order: SalesOrder,
    /// Why it cannot be used, if it cannot.
    pub over: Option<LinkOver>,
    /// How much it is about.
    pub amount: Money,
}

/// Why a link cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkOver {
    /// It was used.
    Used,
    /// Its time has passed.
    Late,
    /// There is nothing to do any more.
    Nothing,
}

/// Something a second person answers, with what is known of it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The row of the list.
    pub row: AskRow,
    /// The number of the case.
    pub rma: Arc<str>,
    /// Its version: an answer is given to this one.
    pub version: u64,
    /// The change of destination, if it is one.
    pub redirect: Option<Redirect>,
    /// The payment made outside, if it is one.
    pub manual: Option<Manual>,
    /// The account without its middle, for a change of destination.
    pub account: String,
    /// The holder as it was given.
    pub holder: String,
}

/// The end of an account number: enough to tell two apart.
pub fn masked(iban: &str) -> String {
    let country = iban.get(..2).unwrap_or_default();
    let end = iban.get(iban.len().saturating_sub(4)..).unwrap_or_default();
    format!("{country} •••• {end}")
}

/// The commitment to an account: what is approved is bound to it, and nobody can guess the number
/// from it without the salt.
pub(crate) fn commitment(account: &CaseAccount) -> String {
    let text = format!("{}\n{}\n{}", account.salt, account.iban, account.holder);
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The read models of what waits or waited for a second person in a case.
pub(crate) fn ask_rows(case: &ReturnCase) -> Vec<Vec<Val>> {
    let by = |actor: kernel::Actor| match actor {
        kernel::Actor::User { id } => id.0.into(),
        _ => Val::Null(store::Kind::Uuid),
    };
    let row = |subject: Uuid,
               (kind, state): (&str, &str),
               (hash, minor): (&str, i64),
               (asked_by, asked_at): (kernel::Actor, Timestamp),
               changed: Timestamp| {
        vec![
            case.client.into(),
            case.id.0.into(),
            subject.into(),
            kind.into(),
            state.into(),
            hash.into(),
            minor.into(),
            case.currency.code().into(),
            by(asked_by),
            asked_at.as_millisecond().into(),
            changed.as_millisecond().into(),
        ]
    };
    let redirect = case.redirect.iter().map(|r| {
        let subject = r.what.no.parse().unwrap_or_default();
        let about = ("destination", r.state_name());
        let what = (r.hash.as_str(), r.what.total());
        row(
            subject,
            about,
            what,
            (r.asked_by, r.asked_at),
            r.changed_at(),
        )
    });
    let manual = case.manuals.iter().map(|m| {
        let about = ("manual", m.state_name());
        let what = (m.hash.as_str(), m.what.minor);
        let changed = m.answer.as_ref().map_or(m.asked_at, |a| a.at);
        let id = m.what.obligation.0;
        row(id, about, what, (m.asked_by, m.asked_at), changed)
    });
    redirect.chain(manual).collect()
}

/// Adds the rows that changed to a write. A change of destination that another one replaced is
/// dropped: it is part of no state of the case any more.
pub(crate) fn put_asks(write: &mut Write, before: Option<&ReturnCase>, case: &ReturnCase) {
    let known = before.map(ask_rows).unwrap_or_default();
    let now = ask_rows(case);
    for row in &now {
        if !known.contains(row) {
            write.row(&tables::PAYOUT_ASK, row.clone());
        }
    }
    for row in known {
        if !now.iter().any(|r| r[..3] == row[..3]) {
            write.remove(&tables::PAYOUT_ASK, row[..3].to_vec());
        }
    }
}

impl App {
    /// Asks the customer of a case for a bank account: by a link to the address on the order, which
    /// nobody of the house sees.
    ///
    /// # Errors
    /// By scope; when nothing is owed that could go to an account.
    pub async fn invite_account(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        expected: Option<u64>,
    ) -> Result<Answer, AppError> {
        self.command(call, client, case, expected, &Command::InviteAccount)
            .await
    }

    /// Asks for what is owed in a case to go to another account. A second person approves it.
    ///
    /// # Errors
    /// The field that does not fit; by scope; refusals of the domain.
    pub async fn ask_destination(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        expected: Option<u64>,
        given: &AccountGiven,
    ) -> Result<Answer, AppError> {
        Self::check(call.scope, Permission::CaseDecide, client)?;
        self.redirect_to(call, client, case, expected, given, None)
            .await
    }

    async fn redirect_to(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        expected: Option<u64>,
        given: &AccountGiven,
        spend: Option<&[u8]>,
    ) -> Result<Answer, AppError> {
        let mut wrong = Vec::new();
        let iban = given.iban.parse::<ports::Iban>();
        if iban.is_err() {
            wrong.push(("iban", "help-iban"));
        }
        let holder = given.holder.trim();
        if holder.is_empty() || holder.chars().count() > HOLDER_MAX {
            wrong.push(("holder", "help-holder"));
        }
        let reason = given.reason.trim();
        if reason.chars().count() > REASON_MAX {
            wrong.push(("reason", "help-limit-reason"));
        }
        let loaded = self.load_case(call, client, case).await?;
        let customer = loaded.order.customer;
        let contact = self.contact(client, customer).await?;
        let name = NameMatch::of(holder, &contact.name);
        if !holder.is_empty() && name == NameMatch::Differs && reason.is_empty() {
            wrong.push(("reason", "help-holder-differs"));
        }
        let (Ok(iban), true) = (iban, wrong.is_empty()) else {
            let fields = wrong.into_iter().map(|(field, help)| crate::FieldError {
                field: field.into(),
                help,
            });
            return Err(AppError::Invalid(fields.collect()));
        };
        if let kernel::Actor::User { id } = call.scope.actor() {
            let own = StoredContact {
                name: holder.to_owned(),
                ..StoredContact::default()
            };
            if self.natural(id).await?.is_paid_by(&own) {
                return Err(returns::Refusal::new(returns::RefusalCode::OwnMatter).into());
            }
        }
        let no = self.mint(call.at);
        let account = CaseAccount {
            no,
            case: case.0,
            salt: data_encoding::HEXLOWER.encode(&self.random32()),
            iban: iban.electronic().to_owned(),
            holder: holder.to_owned(),
        };
        let command = Command::AskDestination {
            no: no.to_string().into(),
            account: commitment(&account).into(),
            name,
            reason: (!reason.is_empty()).then(|| reason.into()),
        };
        // One account for a case: what it replaces is kept only while a payment to it is known.
        let sent = |a: &CaseAccount| {
            let mut owed = loaded.case.iter().flat_map(|c| &c.obligations);
            let no = a.no.to_string();
            owed.any(|o| o.to.as_ref().is_some_and(|to| *to.no == no))
        };
        let changed = self.contact_changed(client, customer, |contact| {
            contact.accounts.retain(|a| a.case != case.0 || sent(a));
            contact.accounts.push(account);
        });
        let changed = changed.await?.ok_or(AppError::Busy)?;
        let at = call.at.as_millisecond();
        let extra = |write: &mut Write, _: &returns::Outcome| {
            changed.put(write);
            if let Some(token) = spend {
                write.statement(payouts::link_spend(client, token, at));
            }
        };
        self.command_with(call, client, case, expected, &command, &extra)
            .await
    }

    /// Makes a link to the customer of a case; the ones before it end.
    pub(crate) async fn make_link(
        &self,
        client: &Client,
        case: &ReturnCase,
        purpose: LinkPurpose,
    ) -> Result<String, AppError> {
        let now = self.now();
        let token = data_encoding::BASE64URL_NOPAD.encode(&self.random32());
        let (days, subject) = match purpose {
            LinkPurpose::Account => (LINK_DAYS, ""),
            LinkPurpose::Object => {
                let no = case.redirect.as_ref().map_or("", |r| &*r.what.no);
                (OBJECT_DAYS, no)
            }
        };
        let ends = now
            .checked_add(SignedDuration::from_hours(24 * days))
            .map_err(AppError::fault)?;
        let mut write = Write::new();
        let (store, named) = (self.store(), purpose.as_str());
        for old in payouts::links_unused(store, client.id, case.id, named).await? {
            write.remove(&tables::PAYOUT_LINK, vec![client.id.into(), old.into()]);
        }
        write.row(
            &tables::PAYOUT_LINK,
            vec![
                client.id.into(),
                hash(&token).into(),
                case.id.0.into(),
                purpose.as_str().into(),
                subject.into(),
                ends.as_millisecond().into(),
                Val::Null(store::Kind::Int),
                now.as_millisecond().into(),
            ],
        );
        self.store().write(write).await?;
        let base = self.base_url();
        Ok(format!(
            "{base}/p/{}/{}/{token}",
            client.slug,
            purpose.as_str()
        ))
    }

    /// What a link shows. Looking changes nothing.
    ///
    /// # Errors
    /// [`AppError::Missing`] for a token that is none, or is for something else.
    pub async fn link_page(
        &self,
        client: ClientId,
        token: &str,
        purpose: LinkPurpose,
    ) -> Result<LinkPage, AppError> {
        let (loaded, page, _) = self.open_link(client, token, purpose).await?;
        drop(loaded);
        Ok(page)
    }

    async fn open_link(
        &self,
        client: ClientId,
        token: &str,
        purpose: LinkPurpose,
    ) -> Result<(Loaded, LinkPage, String), AppError> {
        if token.len() > TOKEN_MAX {
            return Err(AppError::Missing);
        }
        let row = payouts::link(self.store(), client, &hash(token)).await?;
        let row = row.filter(|r| r.purpose == purpose.as_str());
        let row = row.ok_or(AppError::Missing)?;
        let system = Scope::system();
        let call = Call::new(&system, self.now());
        let loaded = self.load_case(&call, client, CaseId(row.case_id)).await?;
        let case = loaded.case.clone().ok_or(AppError::Missing)?;
        let minor = match purpose {
            LinkPurpose::Account => case.redirectable().map(|o| o.minor).sum(),
            LinkPurpose::Object => case.redirect.as_ref().map_or(0, |r| r.what.total()),
        };
        let is_live = match purpose {
            LinkPurpose::Account => minor > 0,
            LinkPurpose::Object => case
                .redirect
                .as_ref()
                .is_some_and(|r| *r.what.no == *row.subject && (r.waits() || r.from().is_some())),
        };
        let over = if row.used_at.is_some() {
            Some(LinkOver::Used)
        } else if row.expires_at <= call.at.as_millisecond() {
            Some(LinkOver::Late)
        } else if is_live {
            None
        } else {
            Some(LinkOver::Nothing)
        };
        let page = LinkPage {
            amount: Money::new(minor, case.currency),
            order: loaded.order.clone(),
            case,
            over,
        };
        Ok((loaded, page, row.subject))
    }

    /// Takes the account a customer gave by their link. Whoever holds the link proves once more to
    /// know the order.
    ///
    /// # Errors
    /// The field that does not fit, `proof` among them; [`AppError::Missing`] for a link that was
    /// used or is over.
    pub async fn give_account(
        &self,
        client: ClientId,
        token: &str,
        proof: &str,
        given: &AccountGiven,
    ) -> Result<Answer, AppError> {
        let (loaded, page, _) = self.open_link(client, token, LinkPurpose::Account).await?;
        if page.over.is_some() {
            return Err(AppError::Missing);
        }
        let proof = Proof {
            number: page.order.number.to_string(),
            email_or_postcode: proof.to_owned(),
        };
        if self.prove_order(client, &proof).await? != Some(page.order.id) {
            return Err(AppError::field("proof", "portal-account-proof-wrong"));
        }
        let shopper = Scope::shopper(client, page.order.id);
        let call = Call::new(&shopper, self.now());
        let spend = hash(token);
        let case = loaded.case.map_or(page.case.id, |c| c.id);
        self.redirect_to(&call, client, case, None, given, Some(&spend))
            .await
    }

    /// The customer says that a change of destination was not theirs.
    ///
    /// # Errors
    /// [`AppError::Missing`] for a link that was used or is over; refusals, where it was sent.
    pub async fn object_to_account(
        &self,
        client: ClientId,
        token: &str,
    ) -> Result<Answer, AppError> {
        let (_, page, subject) = self.open_link(client, token, LinkPurpose::Object).await?;
        if page.over.is_some() {
            return Err(AppError::Missing);
        }
        let shopper = Scope::shopper(client, page.order.id);
        let call = Call::new(&shopper, self.now());
        let at = call.at.as_millisecond();
        let spend = hash(token);
        let extra = |write: &mut Write, _: &returns::Outcome| {
            write.statement(payouts::link_spend(client, &spend, at));
        };
        let no = subject.as_str().into();
        let command = Command::ObjectDestination { no };
        self.command_with(&call, client, page.case.id, None, &command, &extra)
            .await
    }

    /// What second people have to answer about payments, or answered: over every client of the
    /// scope, longest waiting first.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn payout_asks(
        &self,
        scope: &Scope,
        state: &str,
        limit: i64,
    ) -> Result<Vec<Asked>, AppError> {
        let clients = self.clients_for(scope, Permission::CaseRead);
        let rows = payouts::in_state(self.store(), &clients, state, limit).await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            all.push(self.payout_asked(scope, row).await?);
        }
        Ok(all)
    }

    async fn payout_asked(&self, scope: &Scope, row: AskRow) -> Result<Asked, AppError> {
        let call = Call::new(scope, self.now());
        let client = ClientId(row.client_id);
        let loaded = self.load_case(&call, client, CaseId(row.case_id)).await?;
        let reader = self.reader(&loaded.order).await?;
        let case = loaded.case.ok_or(AppError::Missing)?;
        let of = |m: &&Manual| m.what.obligation.0 == row.subject;
        let manual = case.manuals.iter().find(of).cloned();
        let manual = manual.map(|m| reader.value(m)).transpose()?;
        let named = row.subject.to_string();
        let redirect = case.redirect.clone().filter(|r| *r.what.no == *named);
        let redirect = redirect.map(|r| reader.value(r)).transpose()?;
        let account = match &redirect {
            Some(_) => {
                self.case_account(client, loaded.order.customer, row.subject)
                    .await?
            }
            None => None,
        };
        let (account, holder) =
            account.map_or_else(Default::default, |a| (masked(&a.iban), a.holder));
        Ok(Asked {
            rma: case.rma.clone(),
            version: case.version,
            row,
            redirect,
            manual,
            account,
            holder,
        })
    }

    /// The account a change of destination names: masked, with its holder.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn destination_of(
        &self,
        scope: &Scope,
        client: ClientId,
        case: &ReturnCase,
        customer: CustomerId,
    ) -> Result<Option<(String, String)>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let no = case.redirect.as_ref().and_then(|r| r.what.no.parse().ok());
        let Some(no) = no else { return Ok(None) };
        let account = self.case_account(client, customer, no).await?;
        Ok(account.map(|a| (masked(&a.iban), a.holder)))
    }

    pub(crate) async fn case_account(
        &self,
        client: ClientId,
        customer: CustomerId,
        no: Uuid,
    ) -> Result<Option<CaseAccount>, AppError> {
        let contact = self.contact(client, customer).await?;
        Ok(contact.accounts.into_iter().find(|a| a.no == no))
    }

    /// How many things about payments wait for a second person, over every client of the scope.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn payout_asks_waiting(&self, scope: &Scope) -> Result<i64, AppError> {
        let clients = self.clients_for(scope, Permission::CaseRead);
        Ok(payouts::count(self.store(), &clients, "waiting").await?)
    }

    /// What somebody who leaves had asked for or approved and that was not sent is void, in every
    /// client: called when an account is disabled. Returns how many things were given up or are to
    /// be approved anew.
    ///
    /// # Errors
    /// Faults of the database; it may be called again.
    pub async fn leaver_cut(&self, user: UserId) -> Result<usize, AppError> {
        let system = Scope::system();
        let clients = self.clients_for(&system, Permission::Administer);
        let mut void = 0;
        for client in clients {
            let mut cases = Vec::new();
            for state in ["requested", "failed", "returned"] {
                let of = [client];
                let rows =
                    questions::money::obligations_in_state(self.store(), &of, state, LEFT_MAX);
                cases.extend(rows.await?.into_iter().map(|r| r.case_id));
            }
            cases.sort_unstable();
            cases.dedup();
            for case in cases {
                void += self.cut_case(&system, client, CaseId(case), user).await?;
            }
        }
        Ok(void)
    }

    async fn cut_case(
        &self,
        system: &Scope,
        client: ClientId,
        case: CaseId,
        user: UserId,
    ) -> Result<usize, AppError> {
        let call = Call::new(system, self.now());
        let loaded = self.load_case(&call, client, case).await?;
        let Some(state) = loaded.case else {
            return Ok(0);
        };
        let (mut void, mut version) = (0, int(state.version));
        for about in answered(&state) {
            let command = Command::Lapse {
                about,
                leaver: Some(user),
            };
            let done = self.command_with(&call, client, case, None, &command, &|_, _| ());
            let now = int(done.await?.version);
            void += usize::from(now > version);
            version = now;
        }
        Ok(void)
    }
}

/// Everything of a case that waits for a second person, or had its answer.
fn answered(case: &ReturnCase) -> Vec<About> {
    let grants = case
        .approvals
        .iter()
        .map(|a| About::Grant { grant: a.grant });
    let manual = case.manuals.iter().map(|m| About::Manual {
        obligation: m.what.obligation,
    });
    let redirect = case.redirect.iter().map(|_| About::Destination);
    grants.chain(redirect).chain(manual).collect()
}

/// What is known of a customer, to be compared with people of the house.
pub(crate) fn known(contact: &StoredContact) -> Known<'_> {
    Known {
        name: &contact.name,
        email: &contact.email,
        phone: &contact.phone,
        postcode: &contact.postcode,
        street: contact.address.first().map_or("", String::as_str),
    }
}

/// Whether a change of destination has been approved and its time to object is not over.
pub fn is_cooling(case: &ReturnCase, now: Timestamp) -> bool {
    let open = |o: &returns::Obligation| o.state == ObligationState::Requested && o.to.is_some();
    let given = case.redirect.as_ref().map(|r| &r.state);
    matches!(given, Some(RedirectState::Given { from, .. }) if now < *from)
        && case.obligations.iter().any(open)
}
