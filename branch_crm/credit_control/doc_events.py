"""Which documents the room listens to."""

from functools import partial

from branch_crm.wiring import in_room

_credit = partial(in_room, "credit_control")

_VOUCHERS = ("Sales Order", "Delivery Note", "Sales Invoice", "POS Invoice", "Payment Entry", "Journal Entry")

EVENTS = {
	# closing an order fires nothing else
	_VOUCHERS: dict.fromkeys(("on_change", "on_trash"), _credit("exposure_events.note_document")),
	"Payment Ledger Entry": {"on_submit": _credit("exposure_events.note_ledger_row")},
	"Unreconcile Payment": {"on_submit": _credit("exposure_events.note_allocations")},
	"Customer": {"after_rename": _credit("exposure_events.rename_customer")},
}
