//! A small, bounded, entity-free XML reader: bytes to a tree of elements by local name.
//!
//! Namespaces and prefixes are ignored on purpose (banks get them wrong, one sample even writes
//! `Xmlns`). Document types and entities other than the five predefined ones are refused, so
//! there is nothing to expand and nothing to fetch.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

/// The largest message read, in bytes.
pub const XML_MAX: usize = 32 * 1024 * 1024;
const DEPTH_MAX: usize = 40;
const NODES_MAX: usize = 2_000_000;

/// A message that cannot be read, with the element at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// Larger, deeper or with more elements than any sane message.
    #[error("the message is too large: {0}")]
    TooLarge(&'static str),
    /// A document type or an entity: never part of these messages.
    #[error("document types and entities are refused (in {0})")]
    Entity(String),
    /// Not well-formed.
    #[error("not well-formed XML in {path}: {problem}")]
    Malformed {
        /// The path of the innermost open element.
        path: String,
        /// What the parser said.
        problem: String,
    },
    /// Well-formed, and not a message we read.
    #[error("{0} is not a pain.002, camt.053, camt.054 or pacs.004 message")]
    Foreign(String),
    /// A needed element is missing or unreadable.
    #[error("{path}: {problem}")]
    Element {
        /// Where.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// One element: local name, the `Ccy` attribute if there is one, text, children.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) currency: Option<String>,
    text: String,
    children: Vec<Node>,
}

impl Node {
    /// Children with this local name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// The first element at `path` (`"Refs/EndToEndId"`).
    pub(super) fn at(&self, path: &str) -> Option<&Node> {
        path.split('/').try_fold(self, |node, name| {
            node.children.iter().find(|c| c.name == name)
        })
    }

    /// Its trimmed text; `None` when the element is missing or empty.
    pub(super) fn text_at(&self, path: &str) -> Option<&str> {
        self.at(path).map(Node::text).filter(|t| !t.is_empty())
    }

    /// Its own trimmed text.
    pub(super) fn text(&self) -> &str {
        self.text.trim()
    }

    /// Its only or first child element.
    pub(super) fn first(&self) -> Option<&Node> {
        self.children.first()
    }
}

/// Reads one document and gives its root element.
pub(super) fn parse(bytes: &[u8]) -> Result<Node, XmlError> {
    if bytes.len() > XML_MAX {
        return Err(XmlError::TooLarge("bytes"));
    }
    let text = std::str::from_utf8(bytes).map_err(|e| XmlError::Malformed {
        path: "/".into(),
        problem: format!("not UTF-8 at byte {}", e.valid_up_to()),
    })?;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Node> = Vec::new();
    let mut root = None;
    let mut nodes = 0;
    loop {
        let event = reader
            .read_event()
            .map_err(|e| malformed(&open, &e.to_string()))?;
        match event {
            Event::Start(tag) => {
                nodes += 1;
                if open.len() >= DEPTH_MAX || nodes > NODES_MAX {
                    return Err(XmlError::TooLarge("elements"));
                }
                open.push(element(&tag, &open)?);
            }
            Event::Empty(tag) => {
                nodes += 1;
                if nodes > NODES_MAX {
                    return Err(XmlError::TooLarge("elements"));
                }
                close(element(&tag, &open)?, &mut open, &mut root)?;
            }
            Event::End(_) => {
                // The parser has checked that the names match.
                if let Some(node) = open.pop() {
                    close(node, &mut open, &mut root)?;
                }
            }
            Event::Text(t) => push_text(&mut open, &t.xml10_content())?,
            Event::CData(t) => push_text(&mut open, &t.xml10_content())?,
            Event::GeneralRef(r) => {
                let c = match r.resolve_char_ref() {
                    Ok(Some(c)) => c,
                    Ok(None) => match r.xml10_content().as_ref() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err(XmlError::Entity(path(&open))),
                    },
                    Err(e) => return Err(malformed(&open, &e.to_string())),
                };
                push_text(&mut open, c.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => return Err(XmlError::Entity(path(&open))),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match root {
        Some(root) if open.is_empty() => Ok(root),
        _ => Err(malformed(&open, "the message ends here")),
    }
}

fn element(tag: &BytesStart<'_>, open: &[Node]) -> Result<Node, XmlError> {
    let name = tag.local_name().as_ref().to_owned();
    let currency = tag
        .try_get_attribute("Ccy")
        .map_err(|e| malformed(open, &e.to_string()))?
        .map(|a| a.value.trim().chars().take(8).collect());
    Ok(Node {
        name,
        currency,
        ..Node::default()
    })
}

fn close(node: Node, open: &mut [Node], root: &mut Option<Node>) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(parent) => parent.children.push(node),
        None if root.is_none() => *root = Some(node),
        None => return Err(malformed(open, "a second root element")),
    }
    Ok(())
}

fn push_text(open: &mut [Node], text: &str) -> Result<(), XmlError> {
    match open.last_mut() {
        Some(node) => node.text.push_str(text),
        None if text
            .trim_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
            .is_empty() => {}
        None => return Err(malformed(open, "text outside the document")),
    }
    Ok(())
}

fn malformed(open: &[Node], problem: &str) -> XmlError {
    XmlError::Malformed {
        path: path(open),
        problem: problem.chars().take(200).collect(),
    }
}

fn path(open: &[Node]) -> String {
    open.iter().fold(String::new(), |p, n| {
        p + "/" + &n.name.chars().take(40).collect::<String>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_document_types_are_refused() {
        let bomb = r#"<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>"#;
        assert!(matches!(parse(bomb.as_bytes()), Err(XmlError::Entity(_))));
        let file = r#"<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>"#;
        assert!(matches!(parse(file.as_bytes()), Err(XmlError::Entity(_))));
        assert_eq!(
            parse(b"<d><e>&x;</e></d>").unwrap_err(),
            XmlError::Entity("/d/e".into())
        );
        let d = parse(b"<d>a&amp;b&#65;<![CDATA[<c>]]></d>").unwrap();
        assert_eq!(d.text(), "a&bA<c>");
    }

    #[test]
    fn broken_documents_name_the_element() {
        for (text, at) in [
            ("<a><b>", "/a/b"),
            ("<a><b></a>", "/a/b"),
            ("", ""),
            ("<a/><b/>", ""),
        ] {
            match parse(text.as_bytes()) {
                Err(XmlError::Malformed { path, .. }) => assert_eq!(path, at, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
        let deep = "<a>".repeat(100);
        assert!(matches!(parse(deep.as_bytes()), Err(XmlError::TooLarge(_))));
        assert!(matches!(
            parse(&vec![b' '; XML_MAX + 1]),
            Err(XmlError::TooLarge(_))
        ));
        assert!(parse(b"\xff\xfe<\0a\0").is_err());
    }
}
