"""How the room's DocTypes find their branches."""

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
]

_API = "branch_crm.credit_control.api"
# what arguments hold whose names do not tell, and what changes a document without saving it
METHODS = [
	*(
		{"method": f"{_API}.{method}", "arguments": {"customer": "Customer", "branch": "Branch"}}
		for method in ("position", "customer_credit", "component_documents")
	),
	*(
		{"method": f"{_API}.{method}", "policy": "writes", "arguments": {"profile": "Credit Profile"}}
		for method in ("approve_limit", "reject_limit", "approve_temporary_limit")
	),
]
