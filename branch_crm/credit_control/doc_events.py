"""Which documents the room listens to."""

from functools import partial

from branch_crm.wiring import in_room

_credit = partial(in_room, "credit_control")

_VOUCHERS = ("Sales Order", "Delivery Note", "Sales Invoice", "POS Invoice", "Payment Entry", "Journal Entry")
_VOUCHERS += ("Purchase Invoice",)

# what their document judges: who may grant so much
_ROWS = ("Credit Action", "Credit Authority", "Credit Branch Limit", "Credit Default")
_ROWS += ("Credit Guarantee", "Credit Temporary Limit", "Cheque Return Allocation")
_ROWS += ("Statement of Account Branch", "Statement of Account Entry")
_SALES = ("Sales Order", "Delivery Note", "Sales Invoice", "POS Invoice", "Journal Entry")

EVENTS = {
	# before it is noted
	("Sales Order",): {"on_change": _credit("judge_events.judge_reopened")},
	# closing an order fires nothing else
	_VOUCHERS: {
		**dict.fromkeys(("on_change", "on_trash"), _credit("exposure_events.note_document")),
		"before_cancel": _credit("judge_events.lock_rows", "exposure_events.note_payments"),
		"before_submit": _credit("judge_events.lock_rows"),
	},
	# once what it contributes is noted
	_VOUCHERS[:-1]: {"on_change": _credit("hold_events.look_again")},
	"Quotation": {"before_submit": _credit("judge_events.judge_quotation")},
	_SALES: {"on_submit": _credit("judge_events.judge_document")},
	"Sales Order": {
		"before_update_after_submit": _credit("judge_events.lock_rows"),
		"on_update_after_submit": _credit("judge_events.judge_document"),
	},
	("Credit Hold", "Credit Event"): {
		"validate": _credit("hold_events.refuse_by_hand"),
		# Frappe deletes without `on_trash` where a program wants that
		**dict.fromkeys(("on_trash", "after_delete", "before_rename"), _credit("hold_events.refuse")),
	},
	("Customer", "Customer Group"): {"validate": _credit("stock_limit_events.refuse_rows")},
	"Customer Credit Limit": {"validate": _credit("stock_limit_events.refuse_row_alone")},
	"Company": {"validate": _credit("stock_limit_events.refuse_limit")},
	_ROWS: dict.fromkeys(
		("validate", "on_trash"), in_room("branch_access", "stored_events.refuse_row_alone")
	),
	"Payment Entry": dict.fromkeys(
		("validate", "before_update_after_submit"), _credit("cheque_events.keep_mark")
	),
	"Payment Ledger Entry": {"on_submit": _credit("exposure_events.note_ledger_row")},
	"Unreconcile Payment": {
		"validate": _credit("cheque_events.keep_taken_back"),
		"on_submit": _credit("exposure_events.note_allocations"),
	},
	"Netting Agreement": {"on_change": _credit("exposure_events.note_agreement")},
	"Transaction Deletion Record": {
		"before_submit": _credit("hold_events.keep_history"),
		"on_change": _credit("exposure_events.recount_after_deletion"),
	},
	"Branch": {"after_rename": _credit("exposure_events.rename_branch")},
	"Customer": {
		"on_update": _credit("exposure_events.rebuild_shared"),
		"after_rename": _credit("exposure_events.rename_customer"),
	},
	"Credit Profile": {"on_update": _credit("hold_events.look_again_at_party")},
	("Customer Category", "Credit Profile"): dict.fromkeys(
		("on_update", "after_rename", "after_delete"), _credit("exposure_events.rebuild_shared")
	),
}
