# The rules of rules.json as one decision list; the bench checks that both say the same.
package returns

import rego.v1

sellers := {
	"not_as_described", "wrong_item", "missing_parts",
	"damaged_in_transit", "defective", "late_delivery",
}

timed := {"defective", "wrong_item", "not_as_described", "damaged_in_transit"}

windowed := {"apparel", "electronics", "jewellery"}

goodwill if not input.reason in sellers

general if not input.reason in timed

verdict := "reason_not_accepted" if {
	input.reason == "better_price"
} else := "category_excluded" if {
	goodwill
	input.category == "food"
} else := "category_excluded" if {
	goodwill
	input.category == "swimwear"
	input.opened
} else := "category_excluded" if {
	goodwill
	input.category == "software"
	input.opened
} else := "final_sale" if {
	goodwill
	input.final_sale
} else := "not_eligible" if {
	goodwill
	input.units > 5
} else := "not_eligible" if {
	goodwill
	input.value > 90000
} else := "condition_not_met" if {
	goodwill
	input.category == "electronics"
	input.opened
} else := "condition_not_met" if {
	goodwill
	input.category == "apparel"
	not input.tags
} else := "window_closed" if {
	input.reason == "defective"
	input.days > 365
} else := "window_closed" if {
	input.reason == "wrong_item"
	input.days > 90
} else := "window_closed" if {
	input.reason == "not_as_described"
	input.days > 90
} else := "window_closed" if {
	input.reason == "damaged_in_transit"
	input.days > 14
} else := "window_closed" if {
	general
	input.category == "apparel"
	input.days > 60
} else := "window_closed" if {
	general
	input.category == "electronics"
	input.days > 14
} else := "window_closed" if {
	general
	input.category == "jewellery"
	input.days > 7
} else := "window_closed" if {
	general
	not input.category in windowed
	input.days > 30
} else := "evidence_missing" if {
	input.reason == "damaged_in_transit"
	input.photos < 2
} else := "evidence_missing" if {
	input.reason == "defective"
	not input.note
} else := "evidence_missing" if {
	input.reason == "wrong_item"
	input.photos < 1
} else := "eligible"
