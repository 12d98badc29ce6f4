"""The rows of reports that list documents, or add them up in a tree."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from branch_crm.credit_control import receivable_queries
from branch_crm.credit_control.report_queries import Asked
from branch_crm.credit_control.report_rules import Counted
from branch_crm.customer_master import group_queries, tree_rules
from branch_crm.customer_master.group_queries import By
from branch_crm.customer_master.path_rules import Paths
from branch_crm.customer_master.tree_rules import NONE, F, Share

# what a row says besides, by what it is a row of
Facts = Mapping[tuple[By, str], Mapping[str, object]]
# what a report may be grouped by, besides its single documents
GROUPS = (By.BRANCH, By.CATEGORY, By.TRADE_TYPE, By.CUSTOMER)
DOCUMENT = "Document"


def plain(filters: dict | None) -> frappe._dict:
	"""The filters of a report, each of them one value.

	Raises:
	        frappe.ValidationError: one of them is several, or a condition.
	"""
	found = frappe._dict(filters or {})
	for field, value in found.items():
		if value is not None and not isinstance(value, str | int | float | date):
			frappe.throw(
				_("Choose one value for {0}.").format(frappe.bold(_(frappe.unscrub(field)))),
				title=_("Filters"),
			)
	return found


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


def asked(filters: frappe._dict) -> Asked:
	"""What a report over the documents of a period is asked for.

	Raises:
	        frappe.ValidationError: company or a day is missing, or the period ends before it begins.
	        frappe.PermissionError: the session's user may not read the company.
	"""
	company = required_company(filters)
	if not (filters.from_date and filters.to_date) or getdate(filters.to_date) < getdate(filters.from_date):
		frappe.throw(_("Choose a period that ends after it begins."), title=_("Filters"))
	return Asked(
		company,
		getdate(filters.from_date),
		getdate(filters.to_date),
		filters.branch,
		filters.customer,
		filters.trade_type,
		filters.customer_category,
	)


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
		yield {"indent": row.depth, **entry, **facts.get((by, name), {}), **told(row.figures)}
	if shares:
		yield total_row(told(tree_rules.total(shares[1:], shares[0].figures)))


def listed_or_grouped(
	asked: Asked,
	group_by: str | None,
	documents: Sequence[frappe._dict],
	columns: list[dict],
	sums: list[dict],
	counted: Callable[[frappe._dict], Counted],
) -> tuple[list[dict], list[dict]]:
	"""Columns and rows: the documents as they are, or what those of each group come to, in a tree.

	Arguments:
	        group_by: "Document", which is meant where nothing is said, or one of `GROUPS`.
	        documents: rows that may name a `customer` and a `branch`; amounts are in company currency.
	        sums: the columns of a group: the number of documents, then each of the amounts of `counted`.
	"""
	currency = frappe.get_cached_value("Company", asked.company, "default_currency")
	group_by = chosen(group_by, (DOCUMENT, *(by.value for by in GROUPS)))
	if group_by == DOCUMENT:
		return [*columns, currency_column()], [{**row, "currency": currency} for row in documents]
	node = By(group_by)
	facts = receivable_queries.facts_of({row.customer for row in documents if row.customer})
	shares = [Share(frozenset([_group(row, node, facts)]), frozenset(), counted(row)) for row in documents]
	number, *amounts = (column["fieldname"] for column in sums)

	def told(figures: Counted) -> dict:
		said = dict(zip(amounts, map(float, figures.amounts), strict=True))
		return {number: figures.number, **said, "currency": currency}

	paths = group_queries.paths(node, By.CUSTOMER.value, asked.branch, asked.category)
	said = {(By.CUSTOMER, name): of_customer for name, of_customer in facts.items()}
	rows = list(rolled_up(shares, paths, node, None, told, said))
	more = customer_columns() if node is By.CUSTOMER else []
	return [entry_column(_(node.value)), *more, *sums, currency_column()], rows


def _group(row: frappe._dict, node: By, facts: Mapping[str, frappe._dict]) -> str:
	if node is By.BRANCH:
		return row.branch or NONE
	if not row.customer:
		return NONE
	if node is By.CUSTOMER:
		return row.customer
	# what was refused stays when its customer goes
	return facts.get(row.customer, {}).get(frappe.scrub(node.value)) or NONE


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


def currency_column() -> dict:
	return {**column("currency", _("Currency"), "Link", "Currency"), "hidden": 1}


def column(fieldname: str, label: str, fieldtype: str, options: str | None = None, width: int = 130) -> dict:
	said = {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width}
	return said | {"options": options} if options else said
