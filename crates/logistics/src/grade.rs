//! Grading a unit at the bench: few questions, one grade, one suggested disposition.
//!
//! The scale is the field's: A sealed, B open-box complete, C functional with wear, D repairable,
//! E scrap. The bench may override the suggestion; the answers stay on record.

use crate::disposition::Disposition;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The condition of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// Sealed, or worn by nobody with tags attached: as new.
    A,
    /// Opened, complete, no traces of use.
    B,
    /// Works, with wear or missing parts.
    C,
    /// Does not work, can be repaired.
    D,
    /// Scrap.
    E,
}

/// A question at the bench, in the order asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChecklistQuestion {
    /// No swollen battery, leak, mould or sharp break?
    SafeToHandle,
    /// Seal unbroken, or unworn with tags attached?
    Sealed,
    /// Does it work? Not applicable to things without function.
    Works,
    /// Would a repair bring it back? Asked only when it does not work.
    Repairable,
    /// All parts, accessories and papers there?
    Complete,
    /// Free of scratches, stains and smell?
    FreeOfWear,
}

/// What the bench answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The question makes no sense for this product; it then speaks neither for nor against.
    NotApplicable,
}

/// The answers so far.
pub type Answers = BTreeMap<ChecklistQuestion, Answer>;

/// The result of a complete checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Assessment {
    /// The condition.
    pub grade: Grade,
    /// What to do with it unless somebody knows better.
    pub disposition: Disposition,
}

/// One walk down the checklist: a result, or the question that is still open.
fn walk(answers: &Answers) -> Result<Assessment, ChecklistQuestion> {
    use ChecklistQuestion as Q;
    let is = |q: Q, answer: Answer| answers.get(&q).map(|a| *a == answer).ok_or(q);
    let result = |grade, disposition| Ok(Assessment { grade, disposition });
    // A dangerous unit is nobody's routine: it waits in quarantine for a person.
    if is(Q::SafeToHandle, Answer::No)? {
        return result(Grade::E, Disposition::Hold);
    }
    if is(Q::Sealed, Answer::Yes)? {
        return result(Grade::A, Disposition::Restock);
    }
    if is(Q::Works, Answer::No)? {
        return if is(Q::Repairable, Answer::Yes)? {
            result(Grade::D, Disposition::Repair)
        } else {
            result(Grade::E, Disposition::Recycle)
        };
    }
    // Ask both even when the first already decides: the record should show all that is wrong.
    let flawed = is(Q::Complete, Answer::No)? | is(Q::FreeOfWear, Answer::No)?;
    if flawed {
        result(Grade::C, Disposition::Refurbish)
    } else {
        result(Grade::B, Disposition::OpenBox)
    }
}

/// The next question to ask, or `None` when the grade is determined. A sealed unit is asked
/// nothing further.
pub fn next_question(answers: &Answers) -> Option<ChecklistQuestion> {
    walk(answers).err()
}

/// The grade and suggested disposition, or the first question still open.
pub fn assess(answers: &Answers) -> Result<Assessment, ChecklistQuestion> {
    walk(answers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Answer::{No, NotApplicable, Yes};
    use ChecklistQuestion as Q;

    fn graded(answers: &[(Q, Answer)]) -> (Grade, Disposition) {
        let answers: Answers = answers.iter().copied().collect();
        let a = assess(&answers).unwrap();
        (a.grade, a.disposition)
    }

    #[test]
    fn each_grade_is_reached() {
        let start = [(Q::SafeToHandle, Yes), (Q::Sealed, No)];
        let with = |more: &[(Q, Answer)]| graded(&[&start, more].concat());
        assert_eq!(
            graded(&[(Q::SafeToHandle, Yes), (Q::Sealed, Yes)]),
            (Grade::A, Disposition::Restock)
        );
        assert_eq!(
            with(&[(Q::Works, Yes), (Q::Complete, Yes), (Q::FreeOfWear, Yes)]),
            (Grade::B, Disposition::OpenBox)
        );
        assert_eq!(
            with(&[
                (Q::Works, NotApplicable),
                (Q::Complete, NotApplicable),
                (Q::FreeOfWear, No)
            ]),
            (Grade::C, Disposition::Refurbish)
        );
        assert_eq!(
            with(&[(Q::Works, No), (Q::Repairable, Yes)]),
            (Grade::D, Disposition::Repair)
        );
        assert_eq!(
            with(&[(Q::Works, No), (Q::Repairable, No)]),
            (Grade::E, Disposition::Recycle)
        );
        assert_eq!(
            graded(&[(Q::SafeToHandle, No)]),
            (Grade::E, Disposition::Hold)
        );
    }

    #[test]
    fn questions_come_in_order_and_a_seal_ends_them() {
        let mut answers = Answers::new();
        let mut asked = vec![];
        while let Some(q) = next_question(&answers) {
            asked.push(q);
            answers.insert(q, if q == Q::Sealed { No } else { Yes });
        }
        assert_eq!(
            asked,
            [
                Q::SafeToHandle,
                Q::Sealed,
                Q::Works,
                Q::Complete,
                Q::FreeOfWear
            ]
        );
        let sealed = Answers::from([(Q::SafeToHandle, Yes), (Q::Sealed, Yes)]);
        assert_eq!(next_question(&sealed), None);
        assert_eq!(
            assess(&Answers::from([(Q::SafeToHandle, Yes)])),
            Err(Q::Sealed)
        );
    }

    #[test]
    fn a_worse_answer_never_gives_a_better_grade() {
        // Every full set of answers, each compared with itself after one Yes became No.
        let questions = [
            Q::SafeToHandle,
            Q::Sealed,
            Q::Works,
            Q::Repairable,
            Q::Complete,
            Q::FreeOfWear,
        ];
        for bits in 0u32..64 {
            let make = |bits: u32| -> Answers {
                questions
                    .iter()
                    .enumerate()
                    .map(|(i, q)| (*q, if bits >> i & 1 == 1 { Yes } else { No }))
                    .collect()
            };
            for i in 0..6 {
                let (better, worse) = (make(bits | 1 << i), make(bits & !(1 << i)));
                assert!(assess(&better).unwrap().grade <= assess(&worse).unwrap().grade);
            }
        }
    }
}
