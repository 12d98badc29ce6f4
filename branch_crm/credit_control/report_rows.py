"""The rows of reports that are grouped as a tree."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import frappe
from frappe import _

from branch_crm.customer_master import tree_rules
from branch_crm.customer_master.group_queries import By
from branch_crm.customer_master.path_rules import Paths
from branch_crm.customer_master.tree_rules import NONE, F, Share

# what a row says of its customer, by customer
Facts = Mapping[str, Mapping[str, object]]


def required_company(filters: frappe._dict) -> str:
	"""The company that a report is asked for.

	Raises:
	        frappe.ValidationError: there is none.
	        frappe.PermissionError: the session's user may not read it.
	"""
	if not filters.company:
		frappe.throw(_("Choose {0} first.").format(_("Company")), title=_("Filters"))
	frappe.get_doc("Company", filters.company).check_permission()
	return filters.company


def chosen(value: str | None, choices: Sequence[str]) -> str:
	"""What a report is grouped by; the first of the choices where nothing is said."""
	if value and value not in choices:
		frappe.throw(
			_("Group by one of these: {0}.").format(", ".join(_(choice) for choice in choices)),
			title=_("Filters"),
		)
	return value or choices[0]


def rolled_up(
	shares: Sequence[Share[F]],
	paths: Paths,
	node: By,
	part: By | None,
	told: Callable[[F], dict],
	facts: Facts,
) -> Iterator[dict]:
	"""A row for each group with what lies below it, below it its own parts, and the total."""
	for row in tree_rules.roll_up(shares, paths, with_parts=bool(part)):
		by, name = (node, row.node) if row.part is None else (part, row.part)
		entry = {"document_type": by.value, "entry": name}
		if name == NONE:
			entry = {"document_type": None, "entry": _("Without {0}").format(_(by.value))}
		more = facts.get(name, {}) if by is By.CUSTOMER else {}
		yield {"indent": row.depth, **entry, **more, **told(row.figures)}
	if shares:
		yield total_row(told(tree_rules.total(shares[1:], shares[0].figures)))


def total_row(told: dict) -> dict:
	return {"indent": 0, "entry": _("Total"), "is_total": 1, **told}


def entry_column(label: str) -> dict:
	return column("entry", label, "Dynamic Link", "document_type", 300)


def customer_columns() -> list[dict]:
	return [
		column("customer_name", _("Customer Name"), "Data", width=180),
		column("trade_type", _("Trade Type"), "Link", "Trade Type"),
		column("customer_category", _("Customer Category"), "Link", "Customer Category"),
	]


def money_column(fieldname: str, label: str) -> dict:
	return column(fieldname, label, "Currency", "currency")


def column(fieldname: str, label: str, fieldtype: str, options: str | None = None, width: int = 130) -> dict:
	said = {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width}
	return said | {"options": options} if options else said
