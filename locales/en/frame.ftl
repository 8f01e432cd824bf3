# Frame of the desk: navigation and what every page of it says, also where it speaks every language.
desk-nav-home = Home
desk-nav-queue = Queue
desk-nav-new = New return
desk-nav-dock = Dock
desk-nav-money = Money
desk-nav-stock = Stock
desk-nav-jobs = Jobs
desk-nav-security = Security
desk-nav-ledger = Ledger
desk-nav-behind = Behind the desk
desk-sandbox = Demo data: nothing here is real.
desk-col-client = Client
desk-nav-approvals = Approvals
desk-nav-clocks = Clocks
lawdesk-title = Law desk
desk-help-count = Enter a whole number
desk-help-amount = Enter an amount such as 12.50
help-choice = one of the values the description names

# Pages of the house in the menu
account-title = My account
limits-title = Limits
people-title = People
privacy-title = Personal data
