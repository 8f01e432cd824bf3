//! What is made from one version of a policy in one language: the page, the sheet, the card for the
//! parcel, the note of what changed, and what agents say. The same version, language and facts give
//! the same words and the same bytes. What a version grants is decided in `policy`.

use crate::names::{clause_words, outcome_name, quoted_reason, scope_name, scope_words, things};
use kernel::{Date, Money};
use maud::{Markup, html};
use paper::{Code, Insert, Leaflet, PaperError, Section};
use policy::{ClauseArg, ClauseScope, ClauseText, Outcome, Policy, describe, source::RulesSource};
use redress_http::L10n;

/// One version as one client's customers read it.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The language.
    pub l: L10n,
    /// The version.
    pub policy: &'a Policy,
    /// Whose it is.
    pub client: &'a str,
    /// The first day of orders it holds for; none for a draft.
    pub from: Option<Date>,
    /// Where customers begin, such as `https://returns.example/p/alfa`; empty where there is none.
    pub portal: &'a str,
}

/// What a clause is about, in the order they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    Time,
    Goods,
    Reasons,
    Choice,
    Cost,
    Money,
    Steps,
}

impl Topic {
    const ALL: [Self; 7] = [
        Self::Time,
        Self::Goods,
        Self::Reasons,
        Self::Choice,
        Self::Cost,
        Self::Money,
        Self::Steps,
    ];

    fn of(clause: &ClauseText) -> Self {
        let key = clause.message_key.trim_start_matches("clause-");
        match key {
            "window-reason" | "outcomes-reason" => Self::Reasons,
            _ if key.starts_with("window") || key == "holiday" => Self::Time,
            _ if ["reason", "evidence", "own"]
                .iter()
                .any(|k| key.starts_with(k)) =>
            {
                Self::Reasons
            }
            _ if ["outcomes", "prefer", "bonus", "returnless", "promotion"]
                .iter()
                .any(|k| key.starts_with(k)) =>
            {
                Self::Choice
            }
            _ if ["fee", "label", "shipping", "grade"]
                .iter()
                .any(|k| key.starts_with(k)) =>
            {
                Self::Cost
            }
            _ if key.starts_with("refund") => Self::Money,
            "send-by" | "approval" | "appeal" => Self::Steps,
            _ => Self::Goods,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Time => "policy-topic-time",
            Self::Goods => "policy-topic-goods",
            Self::Reasons => "policy-topic-reasons",
            Self::Choice => "policy-topic-choice",
            Self::Cost => "policy-topic-cost",
            Self::Money => "policy-topic-money",
            Self::Steps => "policy-topic-steps",
        }
    }
}

/// What an agent says, asks, and does not promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// To say.
    pub say: Vec<String>,
    /// To ask.
    pub ask: Vec<String>,
    /// Not to promise.
    pub never: Vec<String>,
}

/// One clause that another version has otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about; empty for all orders.
    pub about: String,
    /// Its words before; none if it is new.
    pub before: Option<String>,
    /// Its words now; none if it is gone.
    pub now: Option<String>,
}

impl Edition<'_> {
    /// The first letters of the version's hash, as people and addresses name it.
    pub fn version(&self) -> String {
        self.policy.hash().to_string().chars().take(16).collect()
    }

    /// Where this very version stands online; empty without a portal.
    pub fn address(&self) -> String {
        if self.portal.is_empty() {
            return String::new();
        }
        format!(
            "{}/policy/{}?lang={}",
            self.portal,
            self.version(),
            self.l.lang()
        )
    }

    fn begin(&self) -> String {
        format!("{}?lang={}", self.portal, self.l.lang())
    }

    fn named_version(&self) -> String {
        self.say("policy-version", "version", &self.version())
    }

    fn valid_from(&self) -> Option<String> {
        let day = self.l.date(self.from?);
        Some(self.say("policy-from", "date", &day))
    }

    fn say(&self, key: &str, name: &str, value: &str) -> String {
        self.l.t_args(key, &[(name, value.into())])
    }

    /// What concerns every order, by topic.
    pub fn sections(&self) -> Vec<Section> {
        let clauses = describe(self.policy);
        let general = |c: &&ClauseText| c.scope == ClauseScope::Client;
        let about = |topic: Topic| Section {
            heading: self.l.t(topic.key()),
            lines: sentences(self.l, clauses.iter().filter(general), |c| {
                Topic::of(c) == topic
            }),
        };
        let all = Topic::ALL.into_iter().map(about);
        all.filter(|section| !section.lines.is_empty()).collect()
    }

    /// What concerns some channels, places, goods or articles, each under its name.
    pub fn special(&self) -> Vec<Section> {
        let clauses = describe(self.policy);
        let mut out: Vec<(&ClauseScope, Section)> = Vec::new();
        for clause in clauses.iter().filter(|c| c.scope != ClauseScope::Client) {
            if out.last().is_none_or(|(scope, _)| *scope != &clause.scope) {
                let heading = scope_words(self.l, &clause.scope);
                let lines = Vec::new();
                out.push((&clause.scope, Section { heading, lines }));
            }
            if let Some((_, section)) = out.last_mut() {
                section.lines.push(clause_words(self.l, clause));
            }
        }
        out.into_iter().map(|(_, section)| section).collect()
    }

    /// The text of the page, without a frame; its `h1` first.
    pub fn page(&self) -> Markup {
        let lines =
            |section: &Section| html! { ul { @for line in &section.lines { li { (line) } } } };
        let special = self.special();
        html! {
            article.policy {
                header.policy-head {
                    h1 { (self.l.t("policy-title")) }
                    @if let Some(day) = self.valid_from() { p.lede { (day) } }
                    p.hint { (self.l.t("policy-your-day")) }
                }
                div.policy-sections {
                    @for s in &self.sections() { section.policy-section { h2 { (s.heading) } (lines(s)) } }
                }
                @if !special.is_empty() {
                    h2 { (self.l.t("policy-special")) }
                    div.policy-sections {
                        @for s in &special { section.policy-section { h3 { (s.heading) } (lines(s)) } }
                    }
                }
                footer.policy-foot {
                    p { (self.l.t("portal-policy-law")) }
                    p.hint { (self.named_version()) }
                }
            }
        }
    }

    /// One page of A4 as PDF.
    pub fn sheet(&self) -> Result<Vec<u8>, PaperError> {
        paper::leaflet_pdf(&Leaflet {
            lang: self.l.lang().as_str().to_owned(),
            issuer: self.client.to_owned(),
            title: self.l.t("policy-title"),
            meta: self.valid_from().unwrap_or_default(),
            sections: self.sections(),
            special: self.special(),
            more: self.l.t("policy-more"),
            note: self.l.t("portal-policy-law"),
            code: Code {
                text: self.address(),
                caption: self.l.t("policy-online"),
            },
            version: self.named_version(),
        })
    }

    /// The card for the parcel, A6, as PDF.
    pub fn insert(&self) -> Result<Vec<u8>, PaperError> {
        let clauses = describe(self.policy);
        let wanted = ["window", "outcomes", "label", "refund"];
        let points = sentences(self.l, clauses.iter(), |c| wanted.contains(&c.id.as_str()));
        let version = [self.valid_from(), Some(self.named_version())];
        paper::insert_pdf(&Insert {
            lang: self.l.lang().as_str().to_owned(),
            issuer: self.client.to_owned(),
            title: self.l.t("insert-title"),
            points,
            codes: [
                Code {
                    text: self.begin(),
                    caption: self.l.t("insert-portal"),
                },
                Code {
                    text: self.address(),
                    caption: self.l.t("insert-policy"),
                },
            ],
            version: version
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
        })
    }

    /// What differs from `before`, in the order of this version, what is gone last.
    pub fn changes(&self, before: &Policy) -> Vec<Change> {
        let (old, new) = (describe(before), describe(self.policy));
        let mut out = Vec::new();
        let words = |c: &ClauseText| clause_words(self.l, c);
        // Clauses of one rule share its id; the message tells them apart.
        let same =
            |a: &ClauseText, b: &ClauseText| (&a.id, a.message_key) == (&b.id, b.message_key);
        for clause in &new {
            let was = old.iter().find(|c| same(c, clause)).map(words);
            let now = words(clause);
            if was.as_ref() != Some(&now) {
                out.push(Change {
                    about: scope_words(self.l, &clause.scope),
                    before: was,
                    now: Some(now),
                });
            }
        }
        let gone = old.iter().filter(|c| !new.iter().any(|n| same(n, c)));
        out.extend(gone.map(|clause| Change {
            about: scope_words(self.l, &clause.scope),
            before: Some(words(clause)),
            now: None,
        }));
        out
    }

    /// The note of what differs from `before`, without a frame; its `h1` first.
    pub fn changes_page(&self, before: &Policy) -> Markup {
        let changes = self.changes(before);
        html! {
            article.policy {
                header.policy-head {
                    h1 { (self.l.t("changes-title")) }
                    @if let Some(day) = self.from {
                        p.lede { (self.say("changes-lede", "date", &self.l.date(day))) }
                    }
                }
                @if changes.is_empty() { p { (self.l.t("changes-none")) } }
                @for (at, change) in changes.iter().enumerate() {
                    // What several changes are about is said once.
                    @let said = at.checked_sub(1).and_then(|before| changes.get(before));
                    @let new = said.is_none_or(|before| before.about != change.about);
                    section.policy-change {
                        @if new && !change.about.is_empty() { h2 { (change.about) } }
                        dl {
                            @if let Some(before) = &change.before {
                                dt { (self.l.t(if change.now.is_some() { "changes-before" } else { "changes-gone" })) }
                                dd.was { (before) }
                            }
                            @if let Some(now) = &change.now {
                                dt { (self.l.t(if change.before.is_some() { "changes-now" } else { "changes-new" })) }
                                dd { (now) }
                            }
                        }
                    }
                }
                p.hint { (self.named_version()) }
            }
        }
    }

    /// What agents say, ask and do not promise.
    pub fn script(&self) -> Script {
        let l = self.l;
        let clauses = describe(self.policy);
        let rules = &self.policy.source().rules;
        let spoken = ["window", "outcomes", "label", "refund", "send_by", "appeal"];
        let mut say = sentences(l, clauses.iter(), |c| {
            spoken.contains(&c.id.as_str()) || c.id.starts_with("holiday")
        });
        say.push(l.t("script-say-law"));
        Script {
            say,
            ask: self.questions(&clauses),
            never: self.limits(rules, &clauses),
        }
    }

    fn questions(&self, clauses: &[ClauseText]) -> Vec<String> {
        let l = self.l;
        let plain = ["order", "proof", "item", "reason", "opened"];
        let mut out: Vec<String> = plain
            .iter()
            .map(|k| l.t(&format!("script-ask-{k}")))
            .collect();
        for clause in clauses
            .iter()
            .filter(|c| c.message_key == "clause-evidence")
        {
            let find = |name: &str| clause.args.iter().find(|(n, _)| *n == name);
            if let (Some((_, ClauseArg::AllOf(wanted))), Some((_, ClauseArg::Reasons(reasons)))) =
                (find("things"), find("reason"))
            {
                let reasons: Vec<String> = reasons.iter().map(|r| quoted_reason(l, *r)).collect();
                let args = [
                    ("things", l.all_of(&things(l, wanted)).into()),
                    ("reason", l.any_of(&reasons).into()),
                ];
                out.push(l.t_args("script-ask-evidence", &args));
            }
        }
        if let Some(outcomes) = self.offered() {
            out.push(self.say("script-ask-outcome", "outcomes", &l.any_of(&outcomes)));
        }
        out
    }

    fn offered(&self) -> Option<Vec<String>> {
        let outcomes = self.policy.source().rules.outcomes.as_ref()?;
        let offered = Outcome::ALL.iter().filter(|o| outcomes.contains(o));
        Some(offered.map(|o| outcome_name(self.l, *o)).collect())
    }

    fn limits(&self, rules: &RulesSource, clauses: &[ClauseText]) -> Vec<String> {
        let l = self.l;
        let mut out = Vec::new();
        if let Some(refund) = &rules.refund {
            let control = l.t(&format!(
                "term-{}",
                refund.control.as_str().replace('_', "-")
            ));
            out.push(self.say("script-never-early", "control", &control));
        }
        if let Some(limit) = self.approval(rules) {
            out.push(self.say("script-never-limit", "amount", &l.money(limit)));
        }
        if rules.label == Some(policy::Payer::Customer) {
            out.push(l.t("script-never-label"));
        }
        if let Some(outcomes) = self.offered() {
            out.push(self.say("script-never-outcomes", "outcomes", &l.any_of(&outcomes)));
        }
        let excluded = clauses
            .iter()
            .filter(|c| c.message_key == "clause-exclusion");
        let goods: Vec<String> = excluded
            .filter(|c| c.scope != ClauseScope::Client)
            .map(|c| scope_name(l, &c.scope))
            .collect();
        if !goods.is_empty() {
            out.push(self.say("script-never-goods", "goods", &l.all_of(&goods)));
        }
        let refused = rules
            .reasons
            .iter()
            .filter(|(_, r)| r.accepted == Some(false));
        let refused: Vec<String> = refused.map(|(r, _)| quoted_reason(l, *r)).collect();
        if !refused.is_empty() {
            out.push(self.say("script-never-reasons", "reasons", &l.any_of(&refused)));
        }
        out.push(l.t("script-never-bank"));
        out.push(l.t("script-never-deny"));
        out
    }

    fn approval(&self, rules: &RulesSource) -> Option<Money> {
        let currency = self.policy.default_currency()?;
        let text = rules.auto_approve.as_ref()?.get(currency.code())?;
        Money::parse(text, currency).ok()
    }

    /// The script as lists; `lang` and direction are said, for the page around may speak another.
    pub fn script_block(&self) -> Markup {
        let script = self.script();
        let parts = [
            ("script-say", script.say),
            ("script-ask", script.ask),
            ("script-never", script.never),
        ];
        html! {
            div.script lang=(self.l.lang()) dir=(self.l.dir()) {
                @for (key, lines) in &parts {
                    section { h3 { (self.l.t(key)) } ul { @for line in lines { li { (line) } } } }
                }
            }
        }
    }
}

fn sentences<'c>(
    l: L10n,
    clauses: impl Iterator<Item = &'c ClauseText>,
    wanted: impl Fn(&ClauseText) -> bool,
) -> Vec<String> {
    clauses
        .filter(|c| wanted(c))
        .map(|c| clause_words(l, c))
        .collect()
}
