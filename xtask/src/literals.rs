//! String literals of Rust code with the name they are bound to.

/// A string literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// The identifier before its `=` or `: &str =`; empty if there is none.
    pub name: String,
    /// Line it starts on, from 1.
    pub line: usize,
    /// What it says: line continuations are joined, other escapes left as written.
    pub text: String,
}

/// Every plain string literal of `code`, in order. Raw strings are read like plain ones.
pub fn literals(code: &str) -> Vec<Literal> {
    let bytes: Vec<char> = code.chars().collect();
    let (mut found, mut at, mut line, mut before) = (Vec::new(), 0, 1, String::new());
    while let Some(&c) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        if c == '/' && next == Some('/') {
            while bytes.get(at).is_some_and(|c| *c != '\n') {
                at += 1;
            }
        } else if c == '\'' && bytes.get(at + 2) == Some(&'\'') {
            at += 3;
        } else if c == '\'' && next == Some('\\') {
            at += 3;
            while bytes.get(at).is_some_and(|c| *c != '\'') {
                at += 1;
            }
            at += 1;
        } else if c == '"' {
            let start = line;
            let text;
            (text, at, line) = body(&bytes, at + 1, line);
            found.push(Literal {
                name: bound_name(&before),
                line: start,
                text,
            });
            before.clear();
        } else {
            line += usize::from(c == '\n');
            before.push(c);
            at += 1;
        }
    }
    found
}

/// The text from `at` to the closing quote, where it goes on, and the line there.
fn body(code: &[char], mut at: usize, mut line: usize) -> (String, usize, usize) {
    let mut text = String::new();
    while let Some(&c) = code.get(at) {
        line += usize::from(c == '\n');
        match c {
            '"' => return (text, at + 1, line),
            '\\' if code.get(at + 1) == Some(&'\n') => {
                line += 1;
                at += 2;
                while code.get(at).is_some_and(|c| c.is_whitespace()) {
                    line += usize::from(code[at] == '\n');
                    at += 1;
                }
            }
            '\\' => {
                text.extend(code.get(at..at + 2).unwrap_or_default());
                at += 2;
            }
            _ => {
                text.push(c);
                at += 1;
            }
        }
    }
    (text, at, line)
}

/// `NAME` of code that ends in `NAME = ` or `NAME: &str = `.
fn bound_name(before: &str) -> String {
    let Some(left) = before.trim_end().strip_suffix('=') else {
        return String::new();
    };
    let left = left
        .trim_end()
        .trim_end_matches("&'static str")
        .trim_end_matches("&str");
    let left = left.trim_end().trim_end_matches(':').trim_end();
    let word = |c: char| c.is_alphanumeric() || c == '_';
    left.rsplit(|c| !word(c))
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::literals;

    #[test]
    fn literals_have_names_lines_and_joined_text() {
        let code = "const A: &str = \"one \\\n    two\";\n// \"no\"\nlet q = '\"'; x(\"b \\\" c\");\nD = \"e\";";
        let found: Vec<_> = literals(code)
            .into_iter()
            .map(|l| (l.name, l.line, l.text))
            .collect();
        let expected = [("A", 1, "one two"), ("", 4, "b \\\" c"), ("D", 5, "e")];
        let expected: Vec<_> = expected
            .iter()
            .map(|(n, l, t)| ((*n).to_owned(), *l, (*t).to_owned()))
            .collect();
        assert_eq!(found, expected);
    }
}
