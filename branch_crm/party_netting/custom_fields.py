"""The room's fields on ERPNext's DocTypes."""

from branch_crm.party_netting.link_rules import MIRRORS


def _(label: str) -> str:
	"""Marks a label for translation; Frappe translates labels where it shows them."""
	return label


MODULE = "Party Netting"

_LABELS = {
	"Customer": (_("Is Also a Supplier"), _("Linked Supplier"), "customer_category"),
	"Supplier": (_("Is Also a Customer"), _("Linked Customer"), "is_transporter"),
}


def _link_fields(doctype: str) -> list[dict]:
	mirror, (tick, field, place) = MIRRORS[doctype], _LABELS[doctype]
	return [
		{
			"fieldname": mirror.tick,
			"label": tick,
			"fieldtype": "Check",
			"insert_after": place,
			"no_copy": 1,
			"in_standard_filter": 1,
		},
		{
			"fieldname": mirror.field,
			"label": field,
			"fieldtype": "Link",
			"options": mirror.other,
			"insert_after": mirror.tick,
			"no_copy": 1,
			"search_index": 1,
			"ignore_user_permissions": 1,
			"depends_on": mirror.tick,
			"description": _(
				"Empty: it is made from this one when saved, with contacts, addresses and bank accounts"
			),
		},
		{
			"fieldname": "net_position",
			"label": _("Net Position"),
			"fieldtype": "HTML",
			"insert_after": mirror.field,
			"depends_on": mirror.field,
		},
	]


def _disputed(place: str) -> list[dict]:
	return [
		{
			"fieldname": "is_disputed",
			"label": _("Is Disputed"),
			"fieldtype": "Check",
			"insert_after": place,
			"no_copy": 1,
			"allow_on_submit": 1,
			"print_hide": 1,
			"description": _("It is not settled net"),
		}
	]


CUSTOM_FIELDS = {
	**{doctype: _link_fields(doctype) for doctype in MIRRORS},
	"Sales Invoice": _disputed("is_debit_note"),
	"Purchase Invoice": _disputed("hold_comment"),
	"Journal Entry": _disputed("due_date"),
}

for _fields in CUSTOM_FIELDS.values():
	for _field in _fields:
		_field["module"] = MODULE
