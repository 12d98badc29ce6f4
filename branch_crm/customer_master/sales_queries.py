"""What customers come to, by two of the things that they are grouped by. Every number is of what the session's user
sees, added up by the database."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.query_builder import Case, Criterion, CustomFunction, DocType
from frappe.query_builder.functions import Count, Min, Sum
from frappe.utils import add_days, getdate
from pypika.queries import QueryBuilder, Table
from pypika.terms import Field, LiteralValue, NullValue

from branch_crm.branch_access import queries
from branch_crm.customer_master import category_queries
from branch_crm.customer_master.group_queries import By
from branch_crm.customer_master.sales_rules import Figures
from branch_crm.customer_master.tree_rules import NONE, Share

CUSTOMER = "Customer"

_JsonArray = CustomFunction("JSON_ARRAYAGG", ["value"])
_Hash = CustomFunction("MD5", ["value"])


@dataclass(frozen=True)
class Asked:
	"""Of which company, period and customers. `branch` and `category` stand for those below them as well."""

	company: str
	from_date: date
	to_date: date
	branch: str | None = None
	trade_type: str | None = None
	category: str | None = None


@dataclass(frozen=True)
class _Source:
	"""The documents of which a figure is the sum: where they name the customer, the amount in company currency and the
	day, and which of them count."""

	doctype: str
	customer: str
	amount: str
	day: str
	filters: dict
	is_since_ever: bool = False


_SOURCES = {
	"ordered": _Source("Sales Order", "customer", "base_net_total", "transaction_date", {"docstatus": 1}),
	"invoiced": _Source(
		"Sales Invoice", "customer", "base_net_total", "posting_date", {"docstatus": 1, "is_opening": "No"}
	),
	"receivable": _Source(
		"Payment Ledger Entry",
		"party",
		"amount",
		"posting_date",
		{"delinked": 0, "party_type": CUSTOMER, "account_type": "Receivable"},
		is_since_ever=True,
	),
}


def amounts_shown() -> list[str]:
	"""The amounts among the figures whose documents the session's user may read."""
	return [figure for figure, source in _SOURCES.items() if frappe.has_permission(source.doctype, "read")]


def shares(asked: Asked, node: By, part: By | None) -> list[Share]:
	"""What comes to each of the groups `node`, and within them to each of the groups `part`: enabled customers, those
	made in the period, and what was ordered, invoiced (without opening balances) and is receivable at its end."""
	found: dict[tuple, Figures] = defaultdict(Figures)
	for groups, figures in _customers(asked, node, part):
		found[groups] += figures
	for figure in amounts_shown():
		for groups, amount in _amounts(_SOURCES[figure], asked, node, part):
			found[groups] += Figures(**{figure: amount})
	return [Share(*groups, figures) for groups, figures in found.items()]


def _customers(asked: Asked, node: By, part: By | None) -> Iterator[tuple[tuple, Figures]]:
	customer, row = DocType(CUSTOMER), DocType(queries.ASSIGNMENT)
	columns = _columns(customer) | {By.BRANCH: _JsonArray(row.branch)}
	begin, end = str(asked.from_date), str(add_days(asked.to_date, 1))
	is_new = Case().when((customer.creation >= begin) & (customer.creation < end), 1).else_(0)
	each = (
		frappe.qb.from_(customer)
		.select(columns[node].as_("node"), columns[part].as_("part"), is_new.as_("is_new"))
		.where(_is_asked(customer, asked) & _is_own(customer, CUSTOMER, {"disabled": 0}))
	)
	if asked.branch or By.BRANCH in (node, part):
		each = _with_branches(each, customer, row, asked.branch)
	# a text is grouped by its first kilobyte, its hash as a whole
	rows = (
		frappe.qb.from_(each)
		.select(Min(each.node), Min(each.part), Count("*"), Sum(each.is_new))
		.groupby(_Hash(each.node), _Hash(each.part))
	).run()
	for nodes, parts, number, new in rows:
		yield (_groups(node, nodes), _groups(part, parts)), Figures(int(number), int(new))


def _with_branches(each: QueryBuilder, customer: Table, row: Table, branch: str | None) -> QueryBuilder:
	"""One row per customer, with the branches that it has today and the user reaches; none without such a branch
	where one is asked for."""
	today = getdate()
	branches = sorted(queries.reached_below(CUSTOMER, branch)) or [NONE]
	valid = (
		(row.parenttype == CUSTOMER)
		& (row.parent == customer.name)
		& row.branch.isin(branches)
		& (row.from_date.isnull() | (row.from_date <= today))
		& (row.to_date.isnull() | (row.to_date >= today))
	)
	joined = each.join(row) if branch else each.left_join(row)
	return joined.on(valid).groupby(customer.name)


def _amounts(source: _Source, asked: Asked, node: By, part: By | None) -> Iterator[tuple[tuple, float]]:
	document, customer = DocType(source.doctype), DocType(CUSTOMER)
	branch_field = queries.branch_field()
	columns = _columns(customer) | {
		By.BRANCH: document[branch_field],
		By.CUSTOMER: document[source.customer],
	}
	since = [] if source.is_since_ever else [[source.day, ">=", asked.from_date]]
	filters = [*([field, "=", value] for field, value in source.filters.items()), *since]
	filters += [["company", "=", asked.company], [source.day, "<=", asked.to_date]]
	if asked.branch:
		branches = sorted(queries.reached_below(source.doctype, asked.branch))
		filters.append([branch_field, "in", branches or [NONE]])
	rows = (
		frappe.qb.from_(document)
		.left_join(customer)
		.on(customer.name == document[source.customer])
		.select(columns[node], columns[part], Sum(document[source.amount]))
		.where(_is_asked(customer, asked) & _is_own(document, source.doctype, filters))
		.groupby(columns[node], columns[part])
	).run()
	for nodes, parts, amount in rows:
		yield (_group(nodes), _group(parts)), float(amount or 0)


def _columns(customer: Table) -> dict[By | None, Field]:
	return {
		None: NullValue(),
		By.TRADE_TYPE: customer.trade_type,
		By.CATEGORY: customer.customer_category,
		By.CUSTOMER: customer.name,
	}


def _is_own(table: Table, doctype: str, filters: dict | list) -> Criterion:
	own = frappe.get_list(
		doctype, filters=filters, fields=["name"], order_by=None, limit_page_length=0, run=False
	)
	# what it asks for is written out in it already
	return table.name.isin(LiteralValue(f"({own})".replace("%", "%%")))


def _is_asked(customer: Table, asked: Asked) -> Criterion:
	wanted = [customer.trade_type == asked.trade_type] if asked.trade_type else []
	if asked.category:
		wanted.append(
			customer.customer_category.isin(sorted(category_queries.paths(asked.category)) or [NONE])
		)
	return Criterion.all(wanted)


def _groups(by: By | None, stored: str | None) -> frozenset[str]:
	if by is not By.BRANCH:
		return _group(stored)
	return frozenset(frappe.parse_json(stored)) - {None} or frozenset([NONE])


def _group(stored: str | None) -> frozenset[str]:
	return frozenset([stored or NONE])
