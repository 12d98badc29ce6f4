"""How the room's DocTypes find their branches."""

_SALES = ("Quotation", "Sales Order", "Delivery Note", "Sales Invoice", "POS Invoice", "Journal Entry")
_PAID = ("Sales Invoice", "Sales Order", "Journal Entry")
_REFUSED = ("customer", "branch", ("document_type", "document_name", _SALES))

SCOPES = [
	# it holds in all branches of the customer, and says how much each of them may sell
	{
		"doctype": "Credit Profile",
		"by": "naming",
		"fields": (
			("party_type", "party", ("Customer",)),
			"branch_limits.branch",
			"guarantees.bank_guarantee",
		),
	},
	{"doctype": "Credit Hold", "by": "naming", "fields": _REFUSED},
	{"doctype": "Credit Event", "by": "naming", "fields": (*_REFUSED, "hold")},
	# whoever sees the receipt and all that it has paid
	{
		"doctype": "Cheque Return",
		"by": "naming",
		"fields": (
			*("payment_entry", "customer", "branch", "journal_entry"),
			("allocations.document_type", "allocations.document_name", _PAID),
		),
	},
	# its balances are of all branches that it covers
	{
		"doctype": "Statement of Account Run",
		"by": "naming",
		"fields": ("customer", "branch", "covers.branch", "entries.customer"),
	},
]

_API, _HOLD = "branch_crm.credit_control.api", "branch_crm.credit_control.hold_api"
_STATEMENT, _RUN = "branch_crm.credit_control.statement_api", {"run": "Statement of Account Run"}
# what arguments hold whose names do not tell, and what changes a document without saving it
METHODS = [
	*(
		{"method": f"{_API}.{method}", "arguments": {"customer": "Customer", "branch": "Branch"}}
		for method in ("position", "customer_credit", "component_documents")
	),
	*(
		{"method": f"{_API}.{method}", "policy": "writes", "arguments": {"company": "Company"}}
		for method in ("take_over", "hand_back")
	),
	{"method": f"{_HOLD}.authority", "arguments": {"hold": "Credit Hold"}},
	*(
		{"method": f"{_HOLD}.{method}", "policy": "writes", "arguments": {"hold": "Credit Hold"}}
		for method in ("request", "release", "reject")
	),
	*(
		{"method": f"{_API}.{method}", "policy": "writes", "arguments": {"profile": "Credit Profile"}}
		for method in ("approve_limit", "reject_limit", "approve_temporary_limit")
	),
	{"method": f"{_STATEMENT}.preview", "arguments": _RUN},
	{"method": f"{_STATEMENT}.send", "policy": "writes", "arguments": _RUN},
]
