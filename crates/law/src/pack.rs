//! The file format of a rule pack.

/// Why a set of packs cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Not TOML, or not of the schema.
    #[error("pack {pack}: {message}")]
    Syntax {
        /// Name of the pack.
        pack: String,
        /// What the parser said.
        message: String,
    },
    /// A rule contradicts itself or the other packs.
    #[error("rule {rule}: {what}")]
    Rule {
        /// Id of the rule.
        rule: String,
        /// What is wrong.
        what: String,
    },
}
