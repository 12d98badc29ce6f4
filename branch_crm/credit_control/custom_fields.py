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
}
