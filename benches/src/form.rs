//! Forms of a served page, as a browser without script would send them. Knows the HTML our own
//! pages are made of (quoted attributes, no nested forms), nothing more.

use anyhow::Context as _;

/// A form with what its fields hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// Names and values, in the order of the page.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The first form of `page` behind `<main` whose text contains `mark`.
    pub fn of(page: &str, mark: &str) -> anyhow::Result<Self> {
        let main = page.find("<main").map_or(page, |at| &page[at..]);
        let text = main
            .split("<form ")
            .skip(1)
            .filter_map(|rest| rest.split("</form>").next())
            .find(|text| text.contains(mark))
            .with_context(|| format!("no form with {mark} on the page"))?;
        let (head, body) = text.split_once('>').context("a form has a body")?;
        let mut form = Self {
            action: attribute(head, "action").context("a form has an action")?,
            fields: Vec::new(),
        };
        for tag in body.split('<').skip(1) {
            let (head, text) = tag.split_once('>').context("a tag has an end")?;
            form.read(head, text);
        }
        Ok(form)
    }

    fn read(&mut self, head: &str, text: &str) {
        let kind = attribute(head, "type").unwrap_or_default();
        let chosen = match kind.as_str() {
            "radio" | "checkbox" => has(head, "checked"),
            "submit" | "file" => false,
            _ => true,
        };
        match head.split(' ').next() {
            Some("input") if chosen => {
                if let Some(name) = attribute(head, "name") {
                    let value = attribute(head, "value").unwrap_or_default();
                    self.fields.push((name, value));
                }
            }
            Some("textarea") => {
                if let Some(name) = attribute(head, "name") {
                    self.fields.push((name, plain(text)));
                }
            }
            Some("select") => {
                if let Some(name) = attribute(head, "name") {
                    self.fields.push((name, String::new()));
                }
            }
            Some("option") if has(head, "selected") => {
                if let (Some(last), Some(value)) =
                    (self.fields.last_mut(), attribute(head, "value"))
                {
                    last.1 = value;
                }
            }
            _ => {}
        }
    }

    /// The same with this field filled in.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(n, _)| n != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// The value of an attribute of a tag.
pub fn attribute(head: &str, name: &str) -> Option<String> {
    let (_, rest) = head.split_once(&format!("{name}=\""))?;
    rest.split('"').next().map(plain)
}

fn has(head: &str, name: &str) -> bool {
    head.split([' ', '/'])
        .any(|word| word == name || word.starts_with(&format!("{name}=")))
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_a_browser_sends_it() {
        let page = r#"<form action="/out"><input name="x" value="1"></form><main><form method="post" action="/a?b=1&amp;c=2">
            <input type="hidden" name="_csrf" value="t&amp;k"><input type="radio" name="r" value="1">
            <input type="radio" name="r" value="2" checked><select name="s"><option value="0">0</option>
            <option value="4" selected>4</option></select><textarea name="note">so &lt; so</textarea>
            <button class="btn-primary" type="submit">Go</button></form></main>"#;
        let form = Form::of(page, "btn-primary").unwrap();
        assert_eq!(form.action, "/a?b=1&c=2");
        let fields: Vec<(&str, &str)> = form
            .fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            fields,
            [
                ("_csrf", "t&k"),
                ("r", "2"),
                ("s", "4"),
                ("note", "so < so")
            ]
        );
        assert!(Form::of(page, "btn-danger").is_err());
    }
}
