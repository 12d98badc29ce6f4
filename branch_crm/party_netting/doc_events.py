"""Which documents the room listens to."""

from functools import partial

from branch_crm.wiring import in_room

_netting = partial(in_room, "party_netting")

EVENTS = {
	("Customer", "Supplier"): {
		"on_update": _netting("link_events.keep_link"),
		"after_rename": _netting("link_events.mirror_renamed"),
	},
	"Party Link": {
		"validate": _netting("link_events.judge_link"),
		"on_update": _netting("link_events.mirror_link"),
		"on_trash": _netting("link_events.refuse_ending"),
		"after_delete": _netting("link_events.mirror_link"),
	},
	("Purchase Invoice", "Sales Invoice", "Journal Entry"): {
		"before_cancel": _netting("settled_events.refuse_cancelling_settled")
	},
	("Journal Entry", "Payment Entry"): dict.fromkeys(
		("before_submit", "before_update_after_submit"), _netting("settled_events.refuse_claimed")
	),
	"Journal Entry": {"before_cancel": _netting("settled_events.refuse_cancelling_journal")},
	"Unreconcile Payment": {"validate": _netting("settled_events.refuse_unreconciling")},
}
