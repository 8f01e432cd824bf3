//! One policy of 20 rules over the same 2,000 requests: Redress beside engines of other people,
//! every answer compared; and what else the promises about policies name: the check against the
//! law of every place, and putting a reason into words.
//!
//! The rules stand in `policy-engines/rules.json` once for all; `policy.toml` and `policy.rego`
//! say them in the two languages that are not made from it.

use crate::{
    Settings, rows, table,
    table::{rate_of, thread_cpu},
};
use anyhow::{Context as _, ensure};
use kernel::{Currency, Date, plus_days};
use law::LawBook;
use policy::{
    Condition, ConditionSet, EvidenceGiven, Outcome, Policy, PolicyFacts, ReturnReason,
    SalesChannel, Verdict,
};
use redress_http::i18n::L10n;
use serde::{Deserialize, Serialize};
use std::{
    hint::black_box,
    io::Write as _,
    process::{Command, Stdio},
    time::Instant,
};

/// How many requests every engine decides.
const INPUTS: u64 = 2_000;
/// How much faster than the fastest other engine Redress must be.
const AHEAD: f64 = 10.0;
/// The day every order came.
const CAME: Date = Date::constant(2025, 1, 10);
/// Reasons for which the seller answers.
const SELLERS: &[&str] = &[
    "not_as_described",
    "wrong_item",
    "missing_parts",
    "damaged_in_transit",
    "defective",
    "late_delivery",
];
/// Reasons with a window of their own.
const TIMED: &[&str] = &[
    "defective",
    "wrong_item",
    "not_as_described",
    "damaged_in_transit",
];
/// Categories with a window of their own.
const WINDOWED: &[&str] = &["apparel", "electronics", "jewellery"];

/// One request as all engines see it.
#[derive(Debug, Clone, Serialize)]
struct Input {
    reason: &'static str,
    category: &'static str,
    opened: bool,
    final_sale: bool,
    tags: bool,
    units: u32,
    value: i64,
    days: u16,
    photos: u8,
    note: bool,
}

/// What the engines of Node answer.
#[derive(Debug, Deserialize)]
struct Answers {
    engines: Vec<Engine>,
}

/// One engine: its answers, and what one took.
#[derive(Debug, Deserialize)]
struct Engine {
    name: String,
    verdicts: Vec<String>,
    nanoseconds: f64,
}

/// Prints the tables.
pub fn run(settings: &Settings) -> anyhow::Result<()> {
    let inputs = inputs();
    let ours = redress(settings, &inputs)?;
    let others = node(settings, &inputs)?;
    #[cfg(feature = "policy-engines")]
    let others = [others, rego::engines(settings, &inputs)?]
        .into_iter()
        .flatten();
    #[cfg(not(feature = "policy-engines"))]
    println!("\nskipped: regorus (built without the feature policy-engines)");
    table::begin(
        &format!("One policy of 20 rules, {INPUTS} requests, every answer equal"),
        &["engine", "each", "decisions/s", "Redress is faster by"],
    );
    let mut fastest = f64::INFINITY;
    table::row(&[
        ours.name.clone(),
        format!("{:.0} ns", ours.nanoseconds),
        format!("{:.0}", 1e9 / ours.nanoseconds),
        String::new(),
    ]);
    for other in others {
        let differs = ours
            .verdicts
            .iter()
            .zip(&other.verdicts)
            .position(|(a, b)| a != b);
        if let Some(at) = differs {
            anyhow::bail!(
                "{} says {} where Redress says {}: {:?}",
                other.name,
                other.verdicts[at],
                ours.verdicts[at],
                inputs[at]
            );
        }
        ensure!(
            other.verdicts.len() == inputs.len(),
            "{} left requests undecided",
            other.name
        );
        fastest = fastest.min(other.nanoseconds);
        table::row(&[
            other.name,
            format!("{:.0} ns", other.nanoseconds),
            format!("{:.0}", 1e9 / other.nanoseconds),
            format!("{:.0} times", other.nanoseconds / ours.nanoseconds),
        ]);
    }
    println!(
        "\nAhead of the fastest by {:.0} times; the target is {AHEAD:.0}.",
        fastest / ours.nanoseconds
    );
    checked()?;
    words(settings)
}

/// Requests spread over everything the rules look at, the same in every run.
fn inputs() -> Vec<Input> {
    const REASONS: &[&str] = &[
        "changed_mind",
        "size_small",
        "size_large",
        "better_price",
        "not_as_described",
        "wrong_item",
        "missing_parts",
        "damaged_in_transit",
        "defective",
        "late_delivery",
    ];
    const CATEGORIES: &[&str] = &[
        "",
        "food",
        "swimwear",
        "software",
        "electronics",
        "apparel",
        "jewellery",
    ];
    const DAYS: &[u16] = &[1, 5, 7, 8, 14, 15, 30, 31, 60, 61, 90, 91, 365, 366];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = |limit: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % limit
    };
    let mut pick = |many: usize| usize::try_from(below(many as u64)).unwrap_or_default();
    (0..INPUTS)
        .map(|_| Input {
            reason: REASONS[pick(REASONS.len())],
            category: CATEGORIES[pick(CATEGORIES.len())],
            opened: pick(4) == 0,
            final_sale: pick(12) == 0,
            tags: pick(6) != 0,
            units: [1, 1, 2, 5, 6][pick(5)],
            value: [999, 4_500, 90_000, 90_001][pick(4)],
            days: DAYS[pick(DAYS.len())],
            photos: [0, 1, 2, 3][pick(4)],
            note: pick(2) == 0,
        })
        .collect()
}

fn redress(settings: &Settings, inputs: &[Input]) -> anyhow::Result<Engine> {
    let policy = Policy::parse_toml(include_str!("../policy-engines/policy.toml"))?;
    let facts: Vec<PolicyFacts> = inputs
        .iter()
        .map(|input| facts(&policy, input))
        .collect::<anyhow::Result<_>>()?;
    let verdicts = facts.iter().map(|f| said(policy.evaluate(f).verdict));
    let verdicts = verdicts.map(str::to_owned).collect();
    let rate = rate_of(settings.time(), facts.len(), || {
        for f in &facts {
            black_box(policy.evaluate(black_box(f)));
        }
        Ok(())
    })?;
    Ok(Engine {
        name: "Redress".to_owned(),
        verdicts,
        nanoseconds: 1e9 / rate,
    })
}

fn facts(policy: &Policy, input: &Input) -> anyhow::Result<PolicyFacts> {
    let reason = ReturnReason::ALL.iter().copied();
    let mut reason = reason.filter(|r| r.as_str() == input.reason);
    let lacks = if input.tags {
        ConditionSet::EMPTY
    } else {
        ConditionSet::of(&[Condition::Tags])
    };
    Ok(PolicyFacts {
        placed_on: CAME,
        delivered_on: Some(CAME),
        last_delivered_on: Some(CAME),
        fulfilled_on: Some(CAME),
        asked_on: plus_days(CAME, input.days).context("a day of this century")?,
        channel: SalesChannel::Online,
        market: "US".parse()?,
        category: policy.category(input.category),
        final_sale: input.final_sale,
        opened: input.opened,
        lacks,
        reason: reason.next().context("a reason of the policy language")?,
        own_reason: None,
        wanted: Some(Outcome::Refund),
        units: input.units,
        requested_minor: input.value,
        order_minor: input.value,
        currency: Currency::EUR,
        evidence: EvidenceGiven {
            photos: input.photos,
            note: input.note,
            serial: false,
        },
        returnless_used_365d: 0,
    })
}

const fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "eligible",
        Verdict::Outside(code) => code.as_str(),
        Verdict::NeedsEvidence(_) => "evidence_missing",
        Verdict::NotStarted => "not_started",
    }
}

/// The engines that run in Node; `./bench` installs them by their lockfile.
fn node(settings: &Settings, inputs: &[Input]) -> anyhow::Result<Vec<Engine>> {
    let rules: serde_json::Value =
        serde_json::from_str(include_str!("../policy-engines/rules.json"))?;
    let question = serde_json::json!({
        "rules": rules,
        "sets": { "sellers": SELLERS, "timed": TIMED, "windowed": WINDOWED },
        "inputs": inputs,
        "seconds": settings.seconds,
    });
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/policy-engines");
    let mut child = Command::new("node")
        .arg("run.mjs")
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("node is missing; ./bench installs it")?;
    let mut stdin = child.stdin.take().context("a pipe to node")?;
    stdin.write_all(question.to_string().as_bytes())?;
    drop(stdin);
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "the engines of node failed");
    Ok(serde_json::from_slice::<Answers>(&output.stdout)?.engines)
}

#[cfg(feature = "policy-engines")]
mod rego {
    //! `regorus`, by its interpreter and by its virtual machine.

    use super::{Engine, Input, Settings, rate_of};
    use regorus::{Rc, Value, languages::rego::compiler::Compiler, rvm::vm::RegoVM};
    use std::hint::black_box;

    const ENTRY: &str = "data.returns.verdict";

    pub(super) fn engines(settings: &Settings, inputs: &[Input]) -> anyhow::Result<Vec<Engine>> {
        let mut engine = regorus::Engine::new();
        let text = include_str!("../policy-engines/policy.rego").to_owned();
        engine.add_policy("policy.rego".to_owned(), text)?;
        let policy = engine.compile_with_entrypoint(&Rc::from(ENTRY))?;
        let mut machine = RegoVM::new();
        machine.load_program(Compiler::compile_from_policy(&policy, &[ENTRY])?);
        let values: Vec<Value> = inputs
            .iter()
            .map(|input| Value::from_json_str(&serde_json::to_string(input)?))
            .collect::<anyhow::Result<_>>()?;
        let interpreted = measured(settings, "regorus, interpreter", &values, |value| {
            policy.eval_with_input(value)
        })?;
        let compiled = measured(settings, "regorus, virtual machine", &values, |value| {
            machine.set_input(value);
            Ok(machine.execute_entry_point_by_name(ENTRY)?)
        })?;
        Ok(vec![interpreted, compiled])
    }

    fn measured(
        settings: &Settings,
        name: &str,
        values: &[Value],
        mut decide: impl FnMut(Value) -> anyhow::Result<Value>,
    ) -> anyhow::Result<Engine> {
        let mut verdicts = Vec::new();
        for value in values {
            verdicts.push(decide(value.clone())?.as_string()?.to_string());
        }
        let rate = rate_of(settings.time(), values.len(), || {
            for value in values {
                black_box(decide(value.clone())?);
            }
            Ok(())
        })?;
        Ok(Engine {
            name: name.to_owned(),
            verdicts,
            nanoseconds: 1e9 / rate,
        })
    }
}

/// Each demo policy against the law of every place there is.
fn checked() -> anyhow::Result<()> {
    let law = LawBook::builtin()?;
    table::begin(
        "A policy checked against the law of every place",
        &["policy", "places", "findings", "processor", "target"],
    );
    for text in [
        include_str!("../../packs/policies/giftware.toml"),
        include_str!("../../packs/policies/apparel.toml"),
        include_str!("../../packs/policies/marketplace.toml"),
    ] {
        let mut source = Policy::parse_toml(text)?.source().clone();
        // A policy that names no countries is held against all of them.
        source.countries.clear();
        let policy = Policy::compile(source)?;
        let (begin, used) = (Instant::now(), thread_cpu()?);
        let report = analysis::check(
            &policy,
            &law,
            &analysis::Against::default(),
            Date::constant(2026, 11, 20),
        );
        let (wall, cpu) = (begin.elapsed(), thread_cpu()?.saturating_sub(used));
        table::row(&[
            policy.source().name.clone(),
            report.places.to_string(),
            report.findings.len().to_string(),
            format!(
                "{:.2} s ({:.2} s of wall time)",
                cpu.as_secs_f64(),
                wall.as_secs_f64()
            ),
            "2 s".to_owned(),
        ]);
    }
    Ok(())
}

/// The sentences of a decision, which is made with reasons as data.
fn words(settings: &Settings) -> anyhow::Result<()> {
    let decision = crate::decisions::example(&rows::lines())?;
    let lines = decision.lines.iter().flat_map(|l| &l.reasons);
    let reasons: Vec<_> = lines.chain(&decision.quote.reasons).collect();
    table::begin(
        "Reasons put into words",
        &["language", "reasons", "each", "target"],
    );
    for lang in ["en", "de"] {
        let l = L10n::new(lang.parse()?);
        let rate = rate_of(settings.time(), reasons.len(), || {
            for reason in &reasons {
                black_box(l.reason(black_box(reason)));
            }
            Ok(())
        })?;
        table::row(&[
            lang.to_owned(),
            reasons.len().to_string(),
            format!("{:.2} µs", 1e6 / rate),
            "10 µs".to_owned(),
        ]);
    }
    Ok(())
}
