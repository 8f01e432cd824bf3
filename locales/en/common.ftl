# Words of the frame and of the components. Surfaces keep their own words in their own files.
app-name = Redress
ui-skip = Skip to content
ui-menu = Menu
ui-main-nav = Main navigation
ui-search = Search or jump to
ui-theme = Switch between light and dark
ui-sign-out = Sign out
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
date-short = { $day } { $month } { $year }
date-long = { $weekday }, { $day } { $month } { $year }
date-time = { $date }, { $time }
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
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
month-long-1 = January
month-long-2 = February
month-long-3 = March
month-long-4 = April
month-long-5 = May
month-long-6 = June
month-long-7 = July
month-long-8 = August
month-long-9 = September
month-long-10 = October
month-long-11 = November
month-long-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

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
