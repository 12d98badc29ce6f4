"""What customers owe now: as it is kept where their company is counted, else read from their documents."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Sum
from frappe.utils import create_batch

from branch_crm.credit_control import contribution_queries, entry_queries
from branch_crm.credit_control.entry_queries import ENTRY
from branch_crm.credit_control.entry_rules import Component
from branch_crm.credit_control.rules import ZERO, total
from branch_crm.customer_master import cash_queries, category_queries
from branch_crm.party_netting.queries import exact

ROW = "Credit Exposure"
Exposure = dict[Component, Decimal]
ByBranch = Mapping[str, Exposure]
_BATCH = 1000


def exposure_of(customer: str, company: str, branches: Collection[str] | None = None) -> Exposure:
	"""By component, in company currency; of these branches ("" for documents without any), or of all (None)."""
	is_kept = company in entry_queries.counted_companies()
	found = (_kept if is_kept else _read)(customer, company, branches)
	return {component: found.get(component.value, ZERO) for component in Component}


def exposures_of(customers: Collection[str], company: str) -> dict[str, ByBranch]:
	"""By customer and branch ("" for documents without any): what comes together is the customer's own."""
	found = {customer: defaultdict(lambda: dict.fromkeys(Component, ZERO)) for customer in customers}
	is_kept = company in entry_queries.counted_companies()
	for page in create_batch(sorted(found), _BATCH):
		for customer, branch, component, amount in (_kept_of_all if is_kept else _read_of_all)(page, company):
			found[customer][branch][Component(component)] += amount
	return found


def of_all_branches(found: ByBranch) -> Exposure:
	return {component: total(parts[component] for parts in found.values()) for component in Component}


def _kept_of_all(customers: list[str], company: str) -> Iterator[tuple[str, str, str, Decimal]]:
	columns = [component.value for component in Component]
	place = {"company": company, "party_type": "Customer", "party": ["in", customers]}
	for row in frappe.get_all(ROW, place, ["party", "branch", *columns]):
		for column in filter(row.get, columns):
			amount = exact(row[column])
			yield row.party, row.branch or "", column, amount
			if row.branch:
				# the row without a branch is that of all of them
				yield row.party, "", column, -amount
	entry = DocType(ENTRY)
	branch = Coalesce(entry.branch, "")
	groups = (entry.customer, branch, entry.component)
	noted = (
		frappe.qb.from_(entry)
		.select(*groups, Sum(entry.amount - entry.counted))
		.where((entry.company == company) & (entry.is_pending == 1) & entry.customer.isin(customers))
		.groupby(*groups)
	)
	for *groups, amount in noted.run():
		yield *groups, exact(amount)


def _read_of_all(customers: list[str], company: str) -> Iterator[tuple[str, str, str, Decimal]]:
	for place, amount in contribution_queries.of_customers(company, customers).items():
		yield place.customer, place.branch, place.component, amount


def exposure_of_category(category: str, company: str) -> Exposure:
	"""What all customers of a category, and of those below it, owe together, but for CASH, whom no limit holds."""
	below = {"customer_category": ["in", list(category_queries.paths(category))]}
	customers = set(frappe.get_all("Customer", below, pluck="name")) - {cash_queries.cash_customer()}
	if company not in entry_queries.counted_companies():
		found = [of_all_branches(one) for one in exposures_of(customers, company).values()]
		return {component: total(one[component] for one in found) for component in Component}
	columns = [component.value for component in Component]
	place = {"company": company, "party_type": "Customer Category", "party": category}
	kept = frappe.db.get_value(ROW, place, columns, as_dict=True) or {}
	pending = _pending(customers, company)
	return {one: exact(kept.get(one.value)) + pending.get(one.value, ZERO) for one in Component}


def _pending(customers: Collection[str], company: str) -> dict[str, Decimal]:
	entry = DocType(ENTRY)
	noted = (
		frappe.qb.from_(entry)
		.select(entry.component, Sum(entry.amount - entry.counted))
		.where((entry.company == company) & (entry.is_pending == 1) & entry.customer.isin(list(customers)))
		.groupby(entry.component)
	)
	return {component: exact(amount) for component, amount in noted.run()} if customers else {}


def _kept(customer: str, company: str, branches: Collection[str] | None) -> dict[str, Decimal]:
	"""What is counted, and what is noted besides."""
	if branches is not None and "" in branches:
		# a row without a branch is that of all of them
		return _noted(customer, company, branches, pending_only=False)
	wanted = [""] if branches is None else list(branches)
	place = {"company": company, "party_type": "Customer", "party": customer, "branch": ["in", wanted]}
	columns = [component.value for component in Component]
	sums = [f"sum({column}) as {column}" for column in columns]
	(row,) = frappe.get_all(ROW, place, sums) if wanted else [frappe._dict()]
	noted = _noted(customer, company, branches, pending_only=True)
	return {column: exact(row[column]) + noted.get(column, ZERO) for column in columns}


def _noted(
	customer: str, company: str, branches: Collection[str] | None, pending_only: bool
) -> dict[str, Decimal]:
	entry = DocType(ENTRY)
	amount = Sum(entry.amount - entry.counted) if pending_only else Sum(entry.amount)
	query = (
		frappe.qb.from_(entry)
		.select(entry.component, amount)
		.where((entry.customer == customer) & (entry.company == company))
		.groupby(entry.component)
	)
	query = query.where(entry.is_pending == 1) if pending_only else query
	query = (
		query if branches is None else query.where(Coalesce(entry.branch, "").isin(list(branches) or [None]))
	)
	return {component: exact(found) for component, found in query.run()}


def _read(customer: str, company: str, branches: Collection[str] | None) -> dict[str, Decimal]:
	found: dict[str, Decimal] = {}
	for place, amount in contribution_queries.of_customers(company, [customer]).items():
		if branches is None or place.branch in branches:
			found[place.component] = found.get(place.component, ZERO) + amount
	return found


def rows_of(customer: str, company: str) -> dict[tuple[str, str], Decimal]:
	"""By branch ("" for all of them) and component, what stands in the rows."""
	columns = [component.value for component in Component]
	filters = {"company": company, "party_type": "Customer", "party": customer}
	return {
		(row.branch or "", column): exact(row[column])
		for row in frappe.get_all(ROW, filters, ["branch", *columns])
		for column in columns
		if exact(row[column])
	}


def sums_of(customer: str, company: str) -> dict[tuple[str, str], Decimal]:
	"""The same, of what is counted of the entries."""
	found: dict[tuple[str, str], Decimal] = {}
	for place, noted in entry_queries.of_customers(company, [customer]).items():
		for branch in {"", place.branch}:
			key = (branch, place.component)
			found[key] = found.get(key, ZERO) + noted.counted
	return {key: amount for key, amount in found.items() if amount}
