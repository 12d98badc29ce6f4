"""How the room's DocTypes find their branches."""

_SETTLED = ("Sales Invoice", "Purchase Invoice", "Journal Entry")

SCOPES = [
	{"doctype": "Netting Agreement", "by": "naming", "fields": ("customer", "supplier")},
	{
		"doctype": "Netting Run",
		"by": "naming",
		"fields": ("entries.customer", "entries.agreement", "entries.settlement"),
	},
	# whoever sees both parties and every document that is settled
	{
		"doctype": "Netting Settlement",
		"by": "naming",
		"fields": (
			*("customer", "supplier", "agreement", "journals.journal_entry"),
			("receivables.voucher_type", "receivables.voucher_no", _SETTLED),
		),
	},
]

_API = "branch_crm.party_netting.api"
# what arguments hold whose names do not tell, and what changes a document without saving it
METHODS = [
	*(
		{"method": f"{_API}.{method}", "policy": "writes", "arguments": {"agreement": "Netting Agreement"}}
		for method in ("propose", "approve_agreement")
	),
	*(
		{"method": f"{_API}.{method}", "policy": "writes", "arguments": {"settlement": "Netting Settlement"}}
		for method in ("propose_anew", "approve", "reject", "run_again")
	),
	{"method": f"{_API}.begin_run", "policy": "writes", "arguments": {"run": "Netting Run"}},
	{"method": f"{_API}.statement_recipients", "arguments": {"settlement": "Netting Settlement"}},
]
