"""What of each DocType belongs to a portal user: where its documents name a party, and where they name him.

Each entry of the hook `branch_portal` is a dict: `doctype`, and besides:

- `party`: the fields that name a party, or a document that names one: a link field, a link field of a table's rows
  (`suppliers.supplier`), or the pair of fields of a dynamic link; `name` where the document is the party itself, and
  `links` where it follows the parties in its table of Dynamic Link rows.
- `person`: the fields, of rows as well, that name the user himself.

What belongs to a document goes with it, as it does for branches. DocTypes that branches limit and that no entry names
are not for the portal.
"""

_LINKED = {
	"customer": (
		*("Sales Order", "Delivery Note", "Sales Invoice", "POS Invoice", "Dunning"),
		# what a customer provides himself
		"Material Request",
		*("Timesheet", "Warranty Claim", "Maintenance Schedule", "Maintenance Visit", "Installation Note"),
		*("Loyalty Point Entry", "Blanket Order"),
	),
	"supplier": ("Supplier Quotation", "Purchase Order", "Purchase Receipt", "Purchase Invoice"),
}
_PAIRED = {
	("party_type", "party"): (
		*("Payment Entry", "Payment Request", "Subscription"),
		*("GL Entry", "Payment Ledger Entry"),
	),
	("quotation_to", "party_name"): ("Quotation",),
}

SCOPES = [
	*({"doctype": doctype, "party": ["name"]} for doctype in ("Customer", "Supplier")),
	*(
		{"doctype": doctype, "party": [fields]}
		for ways in (_LINKED, _PAIRED)
		for fields, doctypes in ways.items()
		for doctype in doctypes
	),
	# forms of the website make these, and show them to who sent them
	{"doctype": "Lead", "party": ["name"], "person": ["owner"]},
	{"doctype": "Opportunity", "party": [("opportunity_from", "party_name")], "person": ["owner"]},
	{"doctype": "Issue", "party": ["customer", "lead"], "person": ["raised_by", "owner"]},
	{"doctype": "Event", "person": ["owner"]},
	{"doctype": "Contact", "party": ["links"], "person": ["user", "owner"]},
	{"doctype": "Address", "party": ["links"], "person": ["owner"]},
	{"doctype": "Project", "party": ["customer"], "person": ["users.user"]},
	{"doctype": "Task", "party": ["project"]},
	{"doctype": "Contract", "party": [("party_type", "party_name")], "person": ["party_user"]},
	{"doctype": "Request for Quotation", "party": ["suppliers.supplier"]},
	{"doctype": "File", "person": ["owner"]},
]
