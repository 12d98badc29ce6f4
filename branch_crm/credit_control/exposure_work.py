"""Keep what customers owe as documents change: a voucher that has changed is read anew and compared with what is noted of
it, so that it does no harm to look twice."""

from collections.abc import Collection
from decimal import Decimal

import frappe

from branch_crm.credit_control import (
	commitment_queries,
	contribution_queries,
	entry_queries,
	ledger_queries,
	profile_queries,
	statements,
)
from branch_crm.credit_control.entry_queries import Noted
from branch_crm.credit_control.entry_rules import Contributions, Place, changes
from branch_crm.credit_control.ledger_queries import ORDER, Voucher
from branch_crm.credit_control.profile_queries import CATEGORY, CUSTOMER
from branch_crm.credit_control.rules import ZERO
from branch_crm.customer_master import cash_queries, category_queries
from branch_crm.party_netting.queries import exact

_SHARED = (ORDER, commitment_queries.DELIVERY)


def note(vouchers: Collection[Voucher]) -> None:
	"""Have these read anew before the transaction ends, or before somebody asks in it what is owed."""
	if not frappe.local.db or not vouchers:
		return
	waiting = _waiting()
	if not waiting:
		frappe.db.before_commit.add(settle)
		frappe.db.after_rollback.add(waiting.clear)
	waiting.update(vouchers)


def settle() -> None:
	"""Read what was noted to have changed, and keep the difference."""
	waiting = _waiting()
	if not waiting:
		return
	vouchers = set(waiting)
	waiting.clear()
	if not settled():
		frappe.db.after_commit.add(settled().clear)
		frappe.db.after_rollback.add(settled().clear)
	settled().update(vouchers)
	if companies := entry_queries.counted_companies():
		changed = read_anew(vouchers, companies)
		for company, customer in sorted(changed & locked().keys()):
			fold(company, customer)


def read_anew(vouchers: Collection[Voucher], companies: Collection[str]) -> set[tuple[str, str]]:
	"""Note what these vouchers, and what depends on them, contribute now in these companies.

	Returns company and customer of what may not be counted yet.
	"""
	orders = {name for kind, name in vouchers if kind == ORDER}
	vouchers = {*vouchers, *commitment_queries.deliveries_of(orders)}
	before, now = _before_and_now(vouchers, companies)
	if moved := _moved(before, now):
		others = ledger_queries.settling(moved) - vouchers
		before_of_others, now_of_others = _before_and_now(others, companies)
		before, now = {**before, **before_of_others}, {**now, **now_of_others}
	return keep(before, now)


def keep(before: dict[Place, Noted], now: Contributions) -> set[tuple[str, str]]:
	"""Note what contributes otherwise than is noted. Orders and deliveries are changed by others as well, who may have noted
	them since this transaction began: they are noted anew in any case."""
	shared = {place for place in {*before, *now} if place.voucher_type in _SHARED}
	changed = shared | changes(entry_queries.amounts(before), now).keys()
	for place in sorted(changed):
		_put(place, before.get(place) or Noted([]), now.get(place, ZERO))
	return {(place.company, place.customer) for place in changed}


def fold(company: str, customer: str) -> bool:
	"""Count what is noted of a customer and not counted yet. Returns whether anything was."""
	names = [name for (name,) in frappe.db.sql(*statements.pending_entries(company, customer))]
	if not names:
		return False
	if (company, customer) not in locked():
		frappe.db.sql(*statements.begin(statements.row_of(company, CUSTOMER, customer, "")))
	pending = frappe.db.sql(*statements.lock_entries(names))
	if not pending:
		return False
	by_branch: dict[str, dict[str, Decimal]] = {}
	for _name, branch, component, _amount, uncounted in pending:
		for row in {"", branch or ""}:
			sums = by_branch.setdefault(row, {})
			sums[component] = sums.get(component, ZERO) + exact(uncounted)
	changes = {
		statements.row_of(company, CUSTOMER, customer, branch): sums
		for branch, sums in sorted(by_branch.items())
	}
	for category in _shared_by(customer, company):
		changes[statements.row_of(company, CATEGORY, category, "")] = by_branch[""]
	frappe.db.sql(*statements.add(changes))
	frappe.db.sql(*statements.count_entries([name for name, *_rest in pending]))
	if nothing := [name for name, _branch, _component, amount, _uncounted in pending if not amount]:
		frappe.db.sql(*statements.drop_entries(nothing))
	return True


def rebuild_category(company: str, category: str) -> None:
	"""The row of a category anew; by a transaction of its own."""
	below = category_queries.paths(category)
	name = statements.name_of(company, CATEGORY, category, "")
	cash = cash_queries.cash_customer() or ""
	for statement in statements.rebuild_category(name, company, category, below, but=cash):
		frappe.db.sql(*statement)


def rebuild(company: str, customer: str) -> None:
	"""What is counted of a customer, anew from its entries."""
	for statement in statements.rebuild(company, customer):
		frappe.db.sql(*statement)


def rebuild_branch(branch: str) -> None:
	"""The rows of a branch, of all customers, anew from their entries."""
	for statement in statements.rebuild_branch(branch):
		frappe.db.sql(*statement)


def locked() -> dict[tuple[str, str], list[str]]:
	"""Company and customer of whose rows this transaction keeps others: what it does is counted before it ends. With the names
	of the categories that share a limit of the customer's, whose rows are kept as well."""
	if not hasattr(frappe.local, "credit_locked"):
		frappe.local.credit_locked = {}
	return frappe.local.credit_locked


def settled() -> set[Voucher]:
	"""What this transaction has read and kept."""
	if not hasattr(frappe.local, "credit_settled"):
		frappe.local.credit_settled = set()
	return frappe.local.credit_settled


def _waiting() -> set[Voucher]:
	if not hasattr(frappe.local, "credit_waiting"):
		frappe.local.credit_waiting = set()
	return frappe.local.credit_waiting


def _before_and_now(
	vouchers: Collection[Voucher], companies: Collection[str]
) -> tuple[dict[Place, Noted], Contributions]:
	now = contribution_queries.of_vouchers(vouchers, for_update=True)
	of_companies = {place: amount for place, amount in now.items() if place.company in companies}
	return entry_queries.of_vouchers(vouchers), of_companies


def _moved(before: dict[Place, Noted], now: Contributions) -> set[Voucher]:
	"""Vouchers that have come to other branches: what is allocated to them counts there now."""
	branches_before, branches_now = _branches(before), _branches(now)
	both = branches_before.keys() & branches_now.keys()
	return {voucher for voucher in both if branches_before[voucher] != branches_now[voucher]}


def _branches(places: Collection[Place]) -> dict[Voucher, set[str]]:
	found: dict[Voucher, set[str]] = {}
	for place in places:
		found.setdefault((place.voucher_type, place.voucher_no), set()).add(place.branch)
	return found


def _shared_by(customer: str, company: str) -> list[str]:
	known = locked().get((company, customer))
	return profile_queries.shared_by(customer, company) if known is None else known


def _put(place: Place, noted: Noted, amount: Decimal) -> None:
	names = noted.names or [statements.name_of(*vars(place).values())]
	for name, part in zip(names, (amount, *[ZERO] * (len(names) - 1)), strict=True):
		frappe.db.sql(*statements.put_entry(name, place, part))
	if noted.names:
		frappe.db.sql(*statements.drop_entries(noted.names))
