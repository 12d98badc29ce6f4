"""What customers owe on a day, by age: by branch, customer category, trade type, customer or document."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import frappe
from frappe import _
from frappe.utils import getdate

from branch_crm.credit_control import receivable_queries, receivable_rules, report_rows
from branch_crm.credit_control.receivable_queries import Asked
from branch_crm.credit_control.receivable_rules import Aged
from branch_crm.credit_control.report_rows import DOCUMENT, GROUPS, column, money_column
from branch_crm.customer_master import group_queries
from branch_crm.customer_master.group_queries import By
from branch_crm.party_netting.queries import LEDGER

CHOICES = (*(by.value for by in GROUPS), DOCUMENT)
_DUE_DATE = "Due Date"
Told = Callable[[Aged], dict]


@frappe.read_only()
def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""A row for each group, those below it, and their total; or for each document that is open. Amounts are in company
	currency, of the documents that the session's user may read.

	Filters: `company`; `report_date`, today by default; `group_by` (one of `CHOICES`, the first by default);
	`show_customers` below each group; `ageing_based_on` ("Due Date" by default, or "Posting Date"); `range`, the days
	at which a range of ages ends; `branch` and `customer_category` (with those below them), `customer`, `trade_type`.
	"""
	filters = report_rows.plain(filters)
	asked = _asked(filters)
	group_by = report_rows.chosen(filters.group_by, CHOICES)
	currency = frappe.get_cached_value("Company", asked.company, "default_currency")
	told = partial(_told, currency)
	if group_by == DOCUMENT:
		columns, rows = _document_columns(), list(_documents(asked, told))
	else:
		node = By(group_by)
		part = By.CUSTOMER if filters.show_customers and node is not By.CUSTOMER else None
		columns, rows = _group_columns(node, part), list(_groups(asked, node, part, told))
	ages = _ages(asked)
	money = [money_column("outstanding", _("Outstanding"))]
	money += (money_column(field, label) for field, label in ages.items())
	return [*columns, *money, report_rows.currency_column()], rows, None, _chart(rows, ages, currency)


def _asked(filters: frappe._dict) -> Asked:
	company = report_rows.required_company(filters)
	frappe.has_permission(LEDGER, throw=True)
	try:
		limits = receivable_rules.limits_in(filters.range or "")
	except ValueError:
		frappe.throw(
			_("Give the ranges as growing numbers of days with commas between them, such as {0}.").format(
				", ".join(map(str, receivable_rules.USUAL_LIMITS))
			),
			title=_("Filters"),
		)
	return Asked(
		company,
		getdate(filters.report_date),
		limits,
		(filters.ageing_based_on or _DUE_DATE) == _DUE_DATE,
		filters.branch,
		filters.customer,
		filters.trade_type,
		filters.customer_category,
	)


def _groups(asked: Asked, node: By, part: By | None, told: Told) -> Iterator[dict]:
	found = receivable_queries.shares(asked, node, part)
	shares = [share for share in found if any(share.figures.amounts)]
	paths = group_queries.paths(node, LEDGER, asked.branch, asked.category)
	customers = {
		name for share in shares for name in {node: share.nodes, part: share.parts}.get(By.CUSTOMER, ())
	}
	facts = {(By.CUSTOMER, name): said for name, said in receivable_queries.facts_of(customers).items()}
	yield from report_rows.rolled_up(shares, paths, node, part, told, facts)


def _documents(asked: Asked, told: Told) -> Iterator[dict]:
	found = receivable_queries.documents(asked)
	facts = receivable_queries.facts_of({one.customer for one in found})
	total = receivable_rules.nothing(asked.limits)
	for one in found:
		age = one.age(asked.on, asked.by_due_date)
		aged = receivable_rules.aged(one.outstanding, age, asked.limits)
		total += aged
		yield {
			"indent": 0,
			"document_type": one.voucher_type,
			"entry": one.voucher_no,
			"customer": one.customer,
			"branch": one.branch or None,
			"posting_date": one.posting_date,
			"due_date": one.due_date,
			"age": age,
			**facts.get(one.customer, {}),
			**told(aged),
		}
	if found:
		yield report_rows.total_row(told(total))


def _told(currency: str, aged: Aged) -> dict:
	not_due, *ranges = (float(amount) for amount in aged.amounts)
	by_range = {f"range{number}": amount for number, amount in enumerate(ranges, start=1)}
	return {"currency": currency, "outstanding": float(aged.outstanding), "not_due": not_due, **by_range}


def _ages(asked: Asked) -> dict[str, str]:
	"""By field, what the amounts are called."""
	first, *others = asked.limits
	labels = [f"0-{first}", *(f"{last + 1}-{limit}" for last, limit in pairwise((first, *others)))]
	labels.append("{0}-{1}".format(asked.limits[-1] + 1, _("Above")))
	# before it is posted nothing is owed
	not_due = {"not_due": _("Not Due")} if asked.by_due_date else {}
	return not_due | {f"range{number}": label for number, label in enumerate(labels, start=1)}


def _chart(rows: list[dict], ages: dict[str, str], currency: str) -> dict | None:
	if not rows:
		return None
	values = [rows[-1][field] for field in ages]
	data = {"labels": list(ages.values()), "datasets": [{"name": _("Outstanding"), "values": values}]}
	return {"data": data, "type": "bar", "fieldtype": "Currency", "currency": currency}


def _group_columns(node: By, part: By | None) -> list[dict]:
	entry = report_rows.entry_column(" / ".join(_(by.value) for by in (node, part) if by))
	return [entry, *(report_rows.customer_columns() if By.CUSTOMER in (node, part) else ())]


def _document_columns() -> list[dict]:
	return [
		report_rows.entry_column(_(DOCUMENT)),
		column("document_type", _("Document Type"), "Data"),
		column("customer", _("Customer"), "Link", "Customer"),
		*report_rows.customer_columns(),
		column("branch", _("Branch"), "Link", "Branch"),
		column("posting_date", _("Posting Date"), "Date"),
		column("due_date", _("Due Date"), "Date"),
		column("age", _("Age (Days)"), "Int"),
	]
