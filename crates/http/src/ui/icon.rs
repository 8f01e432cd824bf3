//! Icons: a closed list, drawn from the sprite that `web/build.mjs` makes out of Lucide.

use crate::assets;
use maud::{Markup, html};

macro_rules! icons {
    ($($name:ident = $file:literal,)*) => {
        /// An icon of the sprite.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is the Lucide drawing of that name")]
        pub enum Icon { $($name,)* }

        impl Icon {
            /// Every icon.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The Lucide name, which is the symbol id in the sprite.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $file,)* }
            }
        }
    };
}

icons! {
    AlertCircle = "circle-alert",
    Archive = "archive",
    ArrowLeft = "arrow-left",
    ArrowRight = "arrow-right",
    Banknote = "banknote",
    Barcode = "barcode",
    Bell = "bell",
    Book = "book-open",
    Box = "package",
    BoxCheck = "package-check",
    BoxOpen = "package-open",
    BoxSearch = "package-search",
    BoxX = "package-x",
    Calendar = "calendar",
    Camera = "camera",
    Chart = "chart-column",
    Check = "check",
    CheckCircle = "circle-check",
    ChevronDown = "chevron-down",
    ChevronLeft = "chevron-left",
    ChevronRight = "chevron-right",
    Clipboard = "clipboard-check",
    Clock = "clock",
    Command = "command",
    Copy = "copy",
    CreditCard = "credit-card",
    Download = "download",
    Ellipsis = "ellipsis",
    ExternalLink = "external-link",
    Eye = "eye",
    File = "file-text",
    Filter = "funnel",
    Flag = "flag",
    Gavel = "gavel",
    Hash = "hash",
    Help = "circle-question-mark",
    History = "history",
    Home = "house",
    Image = "image",
    Inbox = "inbox",
    Info = "info",
    Key = "key-round",
    Keyboard = "keyboard",
    Languages = "languages",
    Layers = "layers",
    Link = "link",
    List = "list",
    Loader = "loader-circle",
    Lock = "lock",
    LogOut = "log-out",
    Mail = "mail",
    Map = "map-pin",
    Menu = "menu",
    Message = "message-square",
    Minus = "minus",
    Monitor = "monitor",
    Moon = "moon",
    Pencil = "pencil",
    Plus = "plus",
    Printer = "printer",
    Qr = "qr-code",
    Receipt = "receipt-text",
    Refresh = "refresh-cw",
    Repeat = "repeat",
    Scale = "scale",
    Scan = "scan-line",
    Search = "search",
    Send = "send",
    Settings = "settings",
    Shield = "shield-check",
    ShieldAlert = "shield-alert",
    ShoppingBag = "shopping-bag",
    Sparkles = "sparkles",
    Store = "store",
    Sun = "sun",
    Tag = "tag",
    Trash = "trash-2",
    TriangleAlert = "triangle-alert",
    Truck = "truck",
    Undo = "undo-2",
    Upload = "upload",
    User = "user",
    Users = "users",
    Wallet = "wallet",
    Warehouse = "warehouse",
    Wrench = "wrench",
    X = "x",
    XCircle = "circle-x",
}

impl Icon {
    /// Whether it points along the text, so that it turns round where text runs from the right.
    pub const fn points(self) -> bool {
        matches!(
            self,
            Self::ArrowLeft
                | Self::ArrowRight
                | Self::ChevronLeft
                | Self::ChevronRight
                | Self::LogOut
        )
    }
}

/// The drawing, hidden from screen readers: the words beside it speak.
pub fn icon(which: Icon) -> Markup {
    html! {
        svg.icon.mirrors[which.points()] aria-hidden="true" focusable="false" viewBox="0 0 24 24" {
            use href={ (assets::href("icons.svg")) "#" (which.as_str()) } {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_in_the_sprite_and_the_list_the_sprite_is_made_from() {
        let listed: Vec<_> = include_str!("../../../../web/icons.txt").lines().collect();
        let named: Vec<_> = Icon::ALL.iter().map(|i| i.as_str()).collect();
        let mut sorted = named.clone();
        sorted.sort_unstable();
        assert_eq!(
            listed, sorted,
            "web/icons.txt must list exactly the icons of this enum, sorted"
        );
        let sprite = assets::find("icons.svg")
            .map(|a| String::from_utf8_lossy(a.bytes))
            .unwrap();
        for name in named {
            assert!(
                sprite.contains(&format!("id=\"{name}\"")),
                "{name} is not in the sprite"
            );
        }
    }
}
