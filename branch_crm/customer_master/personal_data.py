"""What is a person's own beside contacts and addresses, and is erased with his account."""

FIELDS = [
	{"doctype": "Customer", "filter_by": "email_id", "redact_fields": ["mobile_no"]},
	{"doctype": "Supplier", "filter_by": "email_id", "redact_fields": ["mobile_no"]},
	{"doctype": "Party Merge", "strict": True, "partial": True},
]
