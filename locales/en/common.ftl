# Words of the frame and of the components. Surfaces keep their own words in their own files.
app-name = Redress
ui-skip = Skip to content
ui-menu = Menu
ui-main-nav = Main navigation
ui-search = Search or jump to
ui-theme = Switch between light and dark
ui-sign-out = Sign out
ui-language = Language
ui-this-language = English
ui-language-some = Some pages speak English and German only.
ui-reconnecting = Reconnecting
ui-copied = Copied
ui-copy = Copy
ui-copy-value = Copy { $value }
ui-cancel = Cancel
ui-errors-title = Please check these answers
ui-breadcrumbs = You are here
ui-pages = Pages
ui-previous = Previous
ui-next = Next
ui-step-of = Step { $n } of { $total }
count-items = { $n ->
    [one] { $n } item
   *[other] { $n } items
}

# Dates
ago-now = just now
ago-minutes = { $n } min ago
ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
ago-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}

# Words the script side shows
js-close = Close
js-shortcuts = Keyboard shortcuts
js-shortcuts-on = Single-letter shortcuts are on
js-palette = Type a command or a case number
js-palette-empty = Nothing found
js-saved = Draft saved
js-save-failed = Draft not saved yet; trying again
js-offline = No connection. What you type is kept here.
js-scans-waiting = scans waiting to be sent
js-next-row = Next in the list
js-previous-row = Previous in the list
js-search = Search
js-help = This help
js-network = That did not reach the server. Check the connection and try again.
