//! Why a set of packs cannot be used: which file, which line, what to do.

/// A pack that is refused. The message names the file and the line and says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{pack}:{line}: {message}")]
pub struct PackError {
    /// Name of the pack.
    pub pack: String,
    /// Line in it, from 1; 0 where the whole pack (or set of packs) is meant.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl PackError {
    /// A refusal whose place is filled in by whoever knows it.
    pub(crate) fn rule(subject: &str, what: impl std::fmt::Display) -> Self {
        Self {
            pack: String::new(),
            line: 0,
            message: format!("{subject} {what}"),
        }
    }

    /// The same refusal, at `origin` unless it has a place already.
    pub(crate) fn at(mut self, origin: &Origin) -> Self {
        if self.pack.is_empty() {
            self.pack.clone_from(&origin.pack);
            self.line = origin.line;
        }
        self
    }
}

/// Where something stands in the packs.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Name of the pack.
    pub pack: String,
    /// Line in it, from 1.
    pub line: usize,
}

impl Origin {
    pub(crate) fn refuse(&self, message: impl Into<String>) -> PackError {
        PackError {
            pack: self.pack.clone(),
            line: self.line,
            message: message.into(),
        }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.pack, self.line)
    }
}
