"""What moved in the receivables of customers, as far as the session's user reaches the branches that it counts for: a
payment counts for the branch of what it pays, and the rest of it for its own."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder import Case, DocType
from frappe.query_builder.functions import Coalesce, Max, Min, Sum
from frappe.utils import getdate
from pypika.queries import QueryBuilder, Selectable, Table
from pypika.terms import Criterion, LiteralValue, NullValue

from branch_crm.branch_access import queries as access_queries
from branch_crm.branch_access.assignment_rules import Unassigned
from branch_crm.credit_control.customer_ledger_rules import Balance, Block, Blocks, Movement, has_anything
from branch_crm.credit_control.ledger_queries import CUSTOMER, ORDER, PARTIES
from branch_crm.credit_control.report_queries import Asked
from branch_crm.customer_master import category_queries
from branch_crm.customer_master.path_rules import Paths
from branch_crm.party_netting.ageing_rules import LIMITS, bucket
from branch_crm.party_netting.queries import LEDGER, exact

# of `ages`
BUCKETS = len(LIMITS) + 1
_NOBODY = ""


def check(company: str) -> None:
	"""Refuse who may not read the company, its customers or their ledger.

	Raises:
	        frappe.PermissionError: one of them is not his to read.
	"""
	frappe.get_doc("Company", company).check_permission()
	for doctype in (CUSTOMER, LEDGER):
		frappe.has_permission(doctype, throw=True)


def ledgers(asked: Asked, by_branch: bool) -> dict[str, Blocks]:
	"""By customer, those to whom anything was or is owed: what was owed before the period and what moved in it."""
	found: dict[str, dict[str, Block]] = defaultdict(lambda: defaultdict(Block))
	for row in _openings(asked, by_branch):
		opening = Balance(exact(row.amount), {row.account_currency: exact(row.in_currency)})
		found[row.party][row.branch].opening += opening
	for party, movement in _movements(asked):
		found[party][movement.branch if by_branch else ""].movements.append(movement)
	told = {
		party: {branch: block for branch, block in found[party].items() if has_anything(block)}
		for party in sorted(found)
	}
	return {party: blocks for party, blocks in told.items() if blocks}


def paths(branch: str | None) -> Paths:
	"""Of the branches that the session's user reaches, of `branch` and those below it: itself and what is above it there."""
	reached = access_queries.reached_below(LEDGER, branch)
	tree = access_queries.tree()
	return {
		name: (name, *(above for above in tree.ancestors_of(name) if above in reached)) for name in reached
	}


def ages(asked: Asked) -> dict[str, list[tuple[int, Decimal]]]:
	"""By customer, what is open at the end of the period by document: the place of its bucket, and the amount. Money that
	is paid in advance is of the age of its payment."""
	rows = _rows(asked)
	is_money = (rows.is_own == 1) | (rows.against_voucher_type == ORDER)
	document = Case().when(is_money, rows.voucher_no).else_(rows.against_voucher_no)
	kind = Case().when(is_money, rows.voucher_type).else_(rows.against_voucher_type)
	own = Case().when(is_money, Coalesce(rows.due_date, rows.posting_date))
	amount = Sum(rows.amount)
	found = (
		frappe.qb.from_(rows)
		.select(rows.party, Coalesce(Max(own), Min(rows.posting_date)).as_("due"), amount.as_("amount"))
		.where(_is_reached(rows, asked.branch))
		.groupby(rows.party, kind, document)
		.having(amount != 0)
	).run(as_dict=True)
	by_customer = defaultdict(list)
	for row in found:
		by_customer[row.party].append((bucket(getdate(row.due), asked.to_date), exact(row.amount)))
	return by_customer


def _openings(asked: Asked, by_branch: bool) -> list[frappe._dict]:
	rows = _rows(asked)
	grouped = [rows.party, rows.account_currency, *([rows.branch] if by_branch else [])]
	branch = rows.branch if by_branch else LiteralValue("''")
	return (
		frappe.qb.from_(rows)
		.select(
			rows.party,
			rows.account_currency,
			branch.as_("branch"),
			Sum(rows.amount).as_("amount"),
			Sum(rows.amount_in_account_currency).as_("in_currency"),
		)
		.where(_is_reached(rows, asked.branch) & (rows.posting_date < asked.from_date))
		.groupby(*grouped)
	).run(as_dict=True)


def _movements(asked: Asked) -> Iterator[tuple[str, Movement]]:
	rows = _rows(asked)
	found = (
		frappe.qb.from_(rows)
		.select(rows.star)
		.where(_is_reached(rows, asked.branch) & (rows.posting_date >= asked.from_date))
		.orderby(rows.posting_date, rows.creation, rows.name)
	).run(as_dict=True)
	reached = _reached(None)
	for row in found:
		voucher = (row.voucher_type, row.voucher_no, row.remarks)
		# the payment is of a branch that he does not reach: it counts, and has no name
		if reached is not None and row.own_branch not in reached:
			voucher = (None, None, _("Of another branch"))
		against = (row.against_voucher_type, row.against_voucher_no)
		# what has several branches, or none that is known
		is_told = not row.is_own and (reached is None or row.settled_branch is not None)
		kind, name, remarks = voucher
		moved = Balance(exact(row.amount), {row.account_currency: exact(row.amount_in_account_currency)})
		yield (
			row.party,
			Movement(
				getdate(row.posting_date),
				kind,
				name,
				*(against if is_told else (None, None)),
				remarks,
				row.branch,
				moved,
			),
		)


def _rows(asked: Asked) -> QueryBuilder:
	"""The rows of the ledger up to the end of the period, each with the branch that it counts for."""
	entry = DocType(LEDGER).as_("entry")
	own_branch = Coalesce(entry[access_queries.branch_field()], "")
	settled_branch = Case().when(_is_own(entry), NullValue()).else_(Coalesce(*_settled(entry)))
	columns = ("name", "creation", "posting_date", "due_date", "party", "voucher_type", "voucher_no")
	columns += ("against_voucher_type", "against_voucher_no", "remarks")
	columns += ("amount", "account_currency", "amount_in_account_currency")
	each = (
		frappe.qb.from_(entry)
		.select(
			*(entry[column] for column in columns),
			own_branch.as_("own_branch"),
			settled_branch.as_("settled_branch"),
			Case().when(_is_own(entry), 1).else_(0).as_("is_own"),
		)
		.where(_is_asked(entry, asked))
	).as_("each")
	return (
		frappe.qb.from_(each)
		.select(each.star, Coalesce(each.settled_branch, each.own_branch).as_("branch"))
		.as_("rows")
	)


def _settled(entry: Table) -> tuple[QueryBuilder, QueryBuilder]:
	"""The branch of the order that an entry is against, and that of the voucher where it has one alone, as `ledger_queries`
	has it. Each is looked up by its name: joined, the branches of all vouchers would be compared with all entries."""
	own, order = DocType(LEDGER).as_("own"), DocType(ORDER).as_("of_order")
	branch = Coalesce(own[access_queries.branch_field()], "")
	of_voucher = (
		frappe.qb.from_(own)
		.select(Case().when(Min(branch) == Max(branch), Min(branch)))
		.where(own.voucher_no == entry.against_voucher_no)
		.where(own.voucher_type == entry.against_voucher_type)
		.where(_is_own(own) & own.party_type.isin(PARTIES) & (own.delinked == 0))
	)
	of_order = (
		frappe.qb.from_(order)
		.select(Coalesce(order[access_queries.branch_field()], ""))
		.where((order.name == entry.against_voucher_no) & (entry.against_voucher_type == ORDER))
	)
	return of_order, of_voucher


def _is_own(entry: Table) -> Criterion:
	return (entry.voucher_no == entry.against_voucher_no) & (entry.voucher_type == entry.against_voucher_type)


def _is_asked(entry: Table, asked: Asked) -> Criterion:
	of_customer = [entry.party == asked.customer] if asked.customer else []
	return Criterion.all(
		[
			entry.company == asked.company,
			entry.party_type == CUSTOMER,
			entry.account_type == "Receivable",
			entry.delinked == 0,
			entry.posting_date <= asked.to_date,
			*of_customer,
			entry.party.isin(_customers(asked)),
		]
	)


def _customers(asked: Asked) -> LiteralValue:
	"""Those that the session's user may read, of the type and category that are asked for."""
	filters = {"name": asked.customer} if asked.customer else {}
	if asked.trade_type:
		filters["trade_type"] = asked.trade_type
	if asked.category:
		filters["customer_category"] = ["in", sorted(category_queries.paths(asked.category)) or [_NOBODY]]
	own = frappe.get_list(
		CUSTOMER, filters=filters, fields=["name"], order_by=None, limit_page_length=0, run=False
	)
	# what it asks for is written out in it already
	return LiteralValue(f"({own})".replace("%", "%%"))


def _is_reached(rows: Selectable, branch: str | None) -> Criterion:
	reached = _reached(branch)
	return Criterion.all([] if reached is None else [rows.branch.isin(sorted(reached) or [None])])


def _reached(branch: str | None) -> set[str] | None:
	"""The branches that the session's user reaches, of `branch` and those below it, "" for having none; None for all."""
	if not branch and access_queries.scope_in_force(frappe.session.user, LEDGER).all:
		return None
	reached = access_queries.reached_below(LEDGER, branch)
	is_open = access_queries.who_sees_unassigned() is Unassigned.EVERYBODY
	return reached | {""} if reached and is_open and not branch else reached
