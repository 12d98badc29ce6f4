"""What customers owe on a day, and how old it is, from the ledger of receivables and added up by the database. Everything
is of the documents that the session's user may read; what pays them counts whosever it is."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import frappe
from frappe.desk.reportview import build_match_conditions
from frappe.query_builder import Case, CustomFunction, DocType
from frappe.query_builder.functions import Coalesce, Max, Min, Sum
from frappe.utils import create_batch, flt
from pypika.queries import Selectable, Table
from pypika.terms import Criterion, Field, LiteralValue, NullValue, Term, ValueWrapper

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control import receivable_rules
from branch_crm.credit_control.ledger_queries import Voucher
from branch_crm.credit_control.receivable_rules import Aged, Entry, Open
from branch_crm.credit_control.rules import ZERO
from branch_crm.customer_master import category_queries
from branch_crm.customer_master.group_queries import By
from branch_crm.customer_master.tree_rules import NONE, Share
from branch_crm.party_netting.queries import LEDGER

CUSTOMER = "Customer"
_FIELDS = {By.TRADE_TYPE: "trade_type", By.CATEGORY: "customer_category"}
_FACTS = ("customer_name", *_FIELDS.values())
_BATCH = 1000
_MANY = 20_000

_Days = CustomFunction("DATEDIFF", ["later", "earlier"])


@dataclass(frozen=True)
class Asked:
	"""Of which company, on which day, and of whom. `branch` and `category` stand for those below them as well.

	Attributes:
	        limits: the days at which a range of ages ends.
	        by_due_date: age is counted since a document was to be paid, else since it was posted.
	"""

	company: str
	on: date
	limits: Sequence[int]
	by_due_date: bool = True
	branch: str | None = None
	customer: str | None = None
	trade_type: str | None = None
	category: str | None = None


def shares(asked: Asked, node: By, part: By | None) -> list[Share[Aged]]:
	"""What is owed of each of the groups `node`, and within them of each of the groups `part`."""
	document, customer, precision = _documents(asked), DocType(CUSTOMER), _precision()
	columns = {
		None: NullValue(),
		By.TRADE_TYPE: customer.trade_type,
		By.CATEGORY: customer.customer_category,
		By.BRANCH: document.last_branch,
		By.CUSTOMER: document.customer,
	}
	is_mixed = _is_mixed(document)
	mixed = [Case().when(is_mixed, document[part]).else_("") for part in ("kind", "name")]
	groups = (columns[node], columns[part], *mixed)
	due = Coalesce(document.due_date, document.posting_date)
	age = _Days(str(asked.on), due if asked.by_due_date else document.posting_date)
	amounts = (
		Sum(Case().when(within, document.outstanding).else_(0)) for within in _ranges(age, asked.limits)
	)
	query = frappe.qb.from_(document)
	if {node, part} & set(_FIELDS):
		query = query.left_join(customer).on(customer.name == document.customer)
	rows = query.select(*groups, *amounts).groupby(*groups).run()
	found = [
		_share(of_node, of_part, Aged(tuple(_exact(amount, precision) for amount in by_age)))
		for of_node, of_part, _kind, name, *by_age in rows
		if not name
	]
	return [*found, *_mixed_shares(asked, {row[2:4] for row in rows if row[3]}, node, part)]


def documents(asked: Asked) -> list[Open]:
	"""What is open, the oldest first."""
	document, precision = _documents(asked), _precision()
	parts = ("kind", "name", "customer", "last_branch", "posting_date", "due_date", "outstanding")
	is_mixed = Case().when(_is_mixed(document), 1).else_(0)
	rows = frappe.qb.from_(document).select(is_mixed, *(document[part] for part in parts)).run()
	found = [
		Open(*said, _exact(outstanding, precision)) for is_mixed, *said, outstanding in rows if not is_mixed
	]
	found += _mixed(asked, {row[1:3] for row in rows if row[0]})
	return sorted(
		receivable_rules.still_open(found),
		key=lambda one: (-one.age(asked.on, asked.by_due_date), one.voucher_no),
	)


def facts_of(customers: Collection[str]) -> dict[str, frappe._dict]:
	"""By customer, its name, trade type and category."""
	return {
		row.pop("name"): row
		for page in create_batch(sorted(customers), _BATCH)
		for row in frappe.get_all(CUSTOMER, {"name": ["in", page]}, ["name", *_FACTS], order_by=None)
	}


def _documents(asked: Asked) -> Selectable:
	"""A row for each document that something was posted against. To group by nothing else follows the index and takes a
	quarter of the time; what it says of customer, branch and days holds where it is not `_is_mixed`."""
	entry = DocType(LEDGER)
	own, shown = _is_own(entry), _is_shown(entry, asked)
	branch = Case().when(own, _branch(entry))
	query = (
		frappe.qb.from_(entry)
		.select(
			entry.against_voucher_no.as_("name"),
			entry.against_voucher_type.as_("kind"),
			Min(entry.party).as_("first_customer"),
			Max(entry.party).as_("customer"),
			Min(branch).as_("first_branch"),
			Max(branch).as_("last_branch"),
			Sum(entry.amount).as_("outstanding"),
			*(Max(Case().when(own, entry[day])).as_(day) for day in ("posting_date", "due_date")),
		)
		.where(_is_asked(entry, asked))
		.groupby(entry.against_voucher_no, entry.against_voucher_type)
	)
	is_open = Field("outstanding") != 0
	if shown:
		is_open &= Max(own & shown) == 1
		names = _touched(asked, shown)
		query = query if names is None else query.where(entry.against_voucher_no.isin(names or [NONE]))
	return query.having(is_open | _is_mixed(entry)).as_("document")


def _is_mixed(document: Selectable) -> Criterion:
	"""Whether it has not one customer and one branch, or was not posted itself yet."""
	return (
		document.last_branch.isnull()
		| (document.first_branch != document.last_branch)
		| (document.first_customer != document.customer)
	)


def _touched(asked: Asked, shown: Term) -> list[str] | None:
	"""The documents against which something is posted that is shown; None where these are so many that it is faster to look
	at all."""
	entry = DocType(LEDGER)
	query = frappe.qb.from_(entry).select(entry.against_voucher_no).where(_is_asked(entry, asked) & shown)
	names = query.limit(_MANY + 1).run(pluck=True)
	return None if len(names) > _MANY else sorted(set(names))


def _mixed_shares(
	asked: Asked, mixed: Collection[Voucher], node: By, part: By | None
) -> Iterator[Share[Aged]]:
	found = _mixed(asked, mixed)
	facts = facts_of({one.customer for one in found})
	for one in found:
		groups = {None: None, By.BRANCH: one.branch, By.CUSTOMER: one.customer}
		said = facts.get(one.customer, {})
		groups |= {by: said.get(field) for by, field in _FIELDS.items()}
		age = one.age(asked.on, asked.by_due_date)
		yield _share(groups[node], groups[part], receivable_rules.aged(one.outstanding, age, asked.limits))


def _mixed(asked: Asked, mixed: Collection[Voucher]) -> list[Open]:
	"""What is open of these documents, entry by entry."""
	entry, precision = DocType(LEDGER), _precision()
	parts = ("voucher_type", "voucher_no", "against_voucher_type", "against_voucher_no", "party")
	query = (
		frappe.qb.from_(entry)
		.select(*(entry[part] for part in parts), _branch(entry), entry.posting_date, entry.due_date)
		.select(entry.amount, _is_shown(entry, asked) or ValueWrapper(1))
		.where(_is_asked(entry, asked))
		.orderby(entry.creation, entry.name)
	)
	pages = create_batch(sorted({name for _kind, name in mixed}), _BATCH)
	rows = (row for page in pages for row in query.where(entry.against_voucher_no.isin(page)).run())
	entries = (Entry(*said, _exact(amount, precision), bool(is_shown)) for *said, amount, is_shown in rows)
	return receivable_rules.open_documents(
		one for one in entries if (one.against_type, one.against_no) in mixed
	)


def _is_asked(entry: Table, asked: Asked) -> Criterion:
	is_asked = (
		(entry.company == asked.company)
		& (entry.posting_date <= asked.on)
		& (entry.delinked == 0)
		& (entry.party_type == CUSTOMER)
		& (entry.account_type == "Receivable")
	)
	if asked.customer:
		is_asked &= entry.party == asked.customer
	if not (asked.trade_type or asked.category):
		return is_asked
	customer = DocType(CUSTOMER)
	of_kind = frappe.qb.from_(customer).select(customer.name)
	if asked.trade_type:
		of_kind = of_kind.where(customer.trade_type == asked.trade_type)
	if asked.category:
		below = sorted(category_queries.paths(asked.category)) or [NONE]
		of_kind = of_kind.where(customer.customer_category.isin(below))
	return is_asked & entry.party.isin(of_kind)


def _is_own(entry: Table) -> Criterion:
	"""Whether it is posted against the voucher itself."""
	return (entry.voucher_no == entry.against_voucher_no) & (entry.voucher_type == entry.against_voucher_type)


def _is_shown(entry: Table, asked: Asked) -> Term | None:
	"""Whether the session's user may read it and its branch is asked for; None where that is so of all."""
	wanted: list[Term] = []
	if asked.branch:
		branches = sorted(access_queries.reached_below(LEDGER, asked.branch))
		wanted.append(entry[access_queries.branch_field()].isin(branches or [NONE]))
	if permitted := build_match_conditions(LEDGER):
		wanted.append(LiteralValue(f"({permitted})"))
	return Criterion.all(wanted) if wanted else None


def _branch(entry: Table) -> Term:
	return Coalesce(entry[access_queries.branch_field()], "")


def _ranges(age: Term, limits: Sequence[int]) -> Iterator[Criterion]:
	"""Those of the amounts of `Aged`."""
	yield age < 0
	for first, last in pairwise((-1, *limits)):
		yield (age > first) & (age <= last)
	yield age > limits[-1]


def _share(node: str | None, part: str | None, figures: Aged) -> Share[Aged]:
	return Share(frozenset([node or NONE]), frozenset([part or NONE]), figures)


def _precision() -> int:
	return frappe.get_precision(LEDGER, "amount")


def _exact(amount: float | None, precision: int) -> Decimal:
	"""As `party_netting.queries.exact`, of many at once."""
	return Decimal(str(flt(amount, precision))) if amount else ZERO
