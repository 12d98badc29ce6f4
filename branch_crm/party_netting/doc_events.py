"""Which documents the room listens to."""

from functools import partial

from branch_crm.wiring import in_room

_netting = partial(in_room, "party_netting")

# rows of what somebody else has approved, or of what is settled
_ROWS = (
	"Netting Excluded Branch",
	"Netting Excluded Voucher Type",
	"Netting Run Entry",
	"Netting Settlement Journal",
	"Netting Settlement Row",
)

EVENTS = {
	("Customer", "Supplier"): {
		"on_update": _netting("link_events.keep_link"),
		"after_rename": _netting("link_events.mirror_renamed"),
	},
	"Party Link": {
		"validate": _netting("link_events.refuse_changing", "link_events.judge_link"),
		"on_update": _netting("link_events.mirror_link"),
		"on_trash": _netting("link_events.refuse_ending"),
		"after_delete": _netting("link_events.mirror_link"),
	},
	("Purchase Invoice", "Sales Invoice", "Journal Entry"): {
		"before_cancel": _netting("settled_events.refuse_cancelling_settled")
	},
	("Purchase Invoice", "Sales Invoice"): {
		"before_submit": _netting("settled_events.refuse_return_of_claimed")
	},
	_ROWS: dict.fromkeys(
		("validate", "on_trash"), in_room("branch_access", "stored_events.refuse_row_alone")
	),
	("Journal Entry", "Payment Entry"): dict.fromkeys(
		("before_submit", "before_update_after_submit"), _netting("settled_events.refuse_claimed")
	),
	"Journal Entry": {"before_cancel": _netting("settled_events.refuse_cancelling_journal")},
	"Unreconcile Payment": {"validate": _netting("settled_events.refuse_unreconciling")},
}
