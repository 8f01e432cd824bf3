//! What the forms for a claim share, at the portal and at the desk: which units it is about, and the
//! photographs that came with it.

use crate::{photo, posted::Posted};
use app::{photos::Photo, views::OrderPage};
use bytes::Bytes;
use data_encoding::BASE64;
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{FieldError, Icon, checkbox, icon},
};

/// The name of a photograph that was sent with the form before.
const KEPT: &str = "kept";

/// The lines of an order of which something can be claimed: index and free units.
pub fn open_lines(page: &OrderPage) -> Vec<(u16, u32)> {
    let lines = (0_u16..).take(page.order.lines.len());
    let free = lines.map(|line| (line, page.account.free_units(&page.order, line)));
    free.filter(|(_, free)| *free > 0).collect()
}

/// The units a form names, line by line; `none` is what is said when it names none. How many are
/// still free is for the case to say: the same form sent again finds its own units taken.
pub fn units(
    page: &OrderPage,
    posted: &Posted,
    none: &'static str,
    errors: &mut Vec<FieldError>,
) -> Vec<(u16, u32)> {
    let before = errors.len();
    let mut lines = Vec::new();
    for (line, sold) in (0_u16..).zip(&page.order.lines) {
        let name = format!("units-{line}");
        match posted.get(&name) {
            "" | "0" => {}
            typed => match typed.parse::<u32>() {
                Ok(units) if units <= sold.quantity => lines.push((line, units)),
                _ => errors.push(FieldError::new(name, "portal-items-wrong")),
            },
        }
    }
    if lines.is_empty() && errors.len() == before {
        errors.push(FieldError::new("units-0", none));
    }
    lines
}

/// The field for photographs. Those of a form that came back are in the form itself, so that
/// nothing has to be chosen again; each can be left out.
pub fn pictures(l: L10n, photos: &[Photo], error: Option<&str>) -> Markup {
    let said = error.is_some();
    html! {
        div class=(if said { "field field-invalid" } else { "field" }) {
            label for="photos" { (l.t("portal-claim-photos")) }
            p.hint #photos-hint { (l.t("portal-photos-hint")) }
            @if let Some(words) = error {
                p.field-error #photos-error { (icon(Icon::AlertCircle)) span { (words) } }
            }
            @for (n, photo) in (1_u32..).zip(photos) {
                (checkbox(KEPT, &l.t_args("portal-claim-photo-kept", &[("n", n.into())]),
                    &BASE64.encode(&photo.jpeg), true, None))
            }
            input #photos type="file" name="photos" accept=(photo::TAKEN) multiple
                aria-describedby=(if said { "photos-hint photos-error" } else { "photos-hint" });
        }
    }
}

/// The photographs of a form: those it brought before and new ones, and what is wrong with them.
/// What can be read is kept whatever else is wrong.
pub async fn photos(posted: &Posted, files: Vec<Bytes>) -> (Vec<Photo>, Option<FieldError>) {
    let kept = posted.all(KEPT).take(photo::AT_ONCE);
    let kept = kept.filter_map(|text| BASE64.decode(text.as_bytes()).ok());
    let mut all: Vec<Bytes> = kept.map(Bytes::from).chain(files).collect();
    let many = all.len() > photo::AT_ONCE;
    all.truncate(photo::AT_ONCE);
    let read = photo::read_each(all).await;
    let unread = read.iter().any(Option::is_none);
    let wrong = match (many, unread) {
        (_, true) => Some("portal-photos-unread"),
        (true, false) => Some("portal-photos-many"),
        (false, false) => None,
    };
    let photos = read.into_iter().flatten().collect();
    (photos, wrong.map(|key| FieldError::new("photos", key)))
}
