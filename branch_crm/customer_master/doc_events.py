"""Which documents prices, counter sales and notes listen to; what has to stand in order with other rooms is in `hooks.py`."""

from functools import partial

from branch_crm.wiring import in_room

_master = partial(in_room, "customer_master")

_RULE_ROWS = ("Pricing Rule Brand", "Pricing Rule Item Code", "Pricing Rule Item Group")

EVENTS = {
	"POS Invoice": {"before_submit": _master("cash_sale_events.refuse_unpaid_sale")},
	"Sales Invoice": {"on_submit": _master("cash_sale_events.refuse_unpaid_invoice")},
	"Delivery Note": {"before_submit": _master("cash_sale_events.refuse_unpaid_delivery")},
	("Journal Entry", "Payment Entry", "Sales Invoice", "Unreconcile Payment"): {
		"on_submit": _master("cash_sale_events.refuse_loan", "cash_sale_events.keep_paid"),
		"on_cancel": _master("cash_sale_events.keep_paid", "cash_sale_events.refuse_owing"),
	},
	"Customer Credit Limit": {"validate": _master("cash_events.keep_without_limit")},
	"Trade Price": {
		"validate": _master("price_events.judge_price"),
		"on_update": _master("price_events.build_rules"),
		"on_trash": _master("price_events.take_rules_away"),
	},
	"Trade Type": dict.fromkeys(("on_update", "after_rename"), _master("price_events.rebuild_type")),
	("Brand", "Item", "Item Group", "Trade Type"): {"before_rename": _master("price_events.refuse_meeting")},
	"Item Group": dict.fromkeys(("on_update", "after_rename"), _master("price_events.rebuild_groups")),
	("Item", "Brand"): dict.fromkeys(("after_insert", "after_rename"), _master("price_events.rebuild_item")),
	"Pricing Rule": {
		"validate": _master("kept_rule_events.keep_rule", "pricing_rule_events.give_priority"),
		"on_trash": _master("kept_rule_events.keep_rule"),
	},
	_RULE_ROWS: dict.fromkeys(("validate", "on_trash"), _master("kept_rule_events.keep_row")),
	"CRM Note": {"validate": _master("note_events.sign_note")},
}
