//! What people are asked before a line is judged: the client's own reasons as a tree, and the
//! states the goods are to be in.

use crate::{
    answer::CategoryId,
    compile::Policy,
    source::OwnReasonSource,
    words::{ConditionSet, ReturnReason, SalesChannel},
};
use kernel::{CountryCode, Lang};

/// A reason in the client's own words: a group of others, or one that can be chosen.
#[derive(Debug, Clone, Copy)]
pub struct OwnReason<'a> {
    /// Its path, e.g. `fit/too_small`.
    pub path: &'a str,
    /// The core code it stands for; none for a group.
    pub code: Option<ReturnReason>,
    source: &'a OwnReasonSource,
}

impl<'a> OwnReason<'a> {
    /// What customers read in `lang`, or in the policy's first language where it has no such text.
    pub fn text(&self, lang: Lang, policy: &'a Policy) -> &'a str {
        let first = policy.source().languages.first();
        let text = self.source.text.get(&lang);
        text.or_else(|| self.source.text.get(first?))
            .map_or("", String::as_str)
    }
}

impl Policy {
    /// The client's own reasons, groups before what is in them.
    pub fn own_reasons(&self) -> impl Iterator<Item = OwnReason<'_>> {
        self.source()
            .reasons
            .iter()
            .map(|(path, source)| OwnReason {
                path,
                code: source.code,
                source,
            })
    }

    /// Those directly below `parent`; an empty path gives the top.
    pub fn own_reasons_below(&self, parent: &str) -> impl Iterator<Item = OwnReason<'_>> {
        self.own_reasons()
            .filter(move |r| r.path.rsplit_once('/').map_or("", |(up, _)| up) == parent)
    }

    /// The words of the reason at `path` with those of its groups, outermost first.
    pub fn own_reason_text(&self, path: &str, lang: Lang) -> Option<String> {
        let ends = path.match_indices('/').map(|(at, _)| at);
        let steps = ends.chain([path.len()]).map(|end| &path[..end]);
        let words: Option<Vec<&str>> = steps
            .map(|step| Some(self.own_reason_at(step)?.text(lang, self)))
            .collect();
        Some(words?.join(" › "))
    }

    fn own_reason_at(&self, path: &str) -> Option<OwnReason<'_>> {
        let (path, source) = self.source().reasons.get_key_value(path)?;
        Some(OwnReason {
            path,
            code: source.code,
            source,
        })
    }

    /// The states goods are to be in to be taken back without a fault of somebody else.
    pub fn conditions(
        &self,
        channel: SalesChannel,
        market: CountryCode,
        goods: CategoryId,
    ) -> ConditionSet {
        self.cell(channel, market, goods).condition.0
    }
}
