"""The room's fields on ERPNext's DocTypes."""

MODULE = "Credit Control"


def _(label: str) -> str:
	"""Marks a label for translation; Frappe translates labels where it shows them."""
	return label


CUSTOM_FIELDS = {
	"Customer": [
		{
			"fieldname": "credit_position",
			"label": _("Credit"),
			"fieldtype": "HTML",
			"insert_after": "credit_limit_section",
			"module": MODULE,
		}
	],
	"Payment Entry": [
		{
			"fieldname": "cheque_return",
			"label": _("Cheque Return"),
			"fieldtype": "Link",
			"options": "Cheque Return",
			"insert_after": "reference_date",
			"depends_on": "cheque_return",
			"read_only": 1,
			"allow_on_submit": 1,
			"no_copy": 1,
			"print_hide": 1,
			"module": MODULE,
		}
	],
}
