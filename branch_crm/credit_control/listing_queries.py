"""The documents behind a component of what a customer owes."""

from collections import defaultdict
from decimal import Decimal

import frappe

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control import commitment_queries, ledger_queries, till_queries
from branch_crm.credit_control.entry_rules import Component, Contributions, Place
from branch_crm.credit_control.rules import total

_LEDGER = (Component.RECEIVABLE, Component.ADVANCES, Component.PAYABLES)


def documents_of(customer: str, company: str, component: Component) -> tuple[dict[Place, Decimal], Decimal]:
	"""What is open by document, as far as the session's user reaches it, and what all others come to."""
	found = _all(customer, company, component)
	reached = _reached(found)
	own = {
		place: amount for place, amount in found.items() if (place.voucher_type, place.voucher_no) in reached
	}
	return own, total(found.values()) - total(own.values())


def _all(customer: str, company: str, component: Component) -> Contributions:
	if component in _LEDGER:
		found = ledger_queries.open_documents(company, customer)
	elif component is Component.TILL_SALES:
		found = till_queries.of_customers(company, [customer])
	else:
		found = commitment_queries.of_documents(*commitment_queries.all_of(company, [customer]))
	return {place: amount for place, amount in found.items() if place.component == component.value}


def _reached(places: Contributions) -> set[tuple[str, str]]:
	"""The documents of branches that the session's user reaches."""
	by_type = defaultdict(set)
	for place in places:
		by_type[place.voucher_type].add(place.voucher_no)
	if access_queries.scope_in_force(frappe.session.user).all:
		return {(kind, name) for kind, names in by_type.items() for name in names}
	return {
		(kind, name)
		for kind, names in by_type.items()
		if frappe.has_permission(kind)
		for name in frappe.get_list(kind, {"name": ["in", list(names)]}, pluck="name", limit_page_length=0)
	}
