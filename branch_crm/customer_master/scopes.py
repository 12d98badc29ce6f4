"""How the room's DocTypes find their branches."""

SCOPES = [
	# a price without a branch is everybody's
	{"doctype": "Trade Price", "by": "naming", "fields": ("branch",)},
	{"doctype": "Pricing Rule", "by": "naming", "fields": ("customer", "supplier", "trade_branch")},
]
