"""What was refused, what is released of it, and who may release."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

import frappe
from frappe.model.document import Document
from frappe.utils import cstr

from branch_crm.branch_access import queries as access_queries
from branch_crm.branch_access.team_queries import TEAM_MEMBER
from branch_crm.credit_control import asked_queries, payment_queries, profile_queries
from branch_crm.credit_control.hold_rules import WAITING, Event, Status, key_of
from branch_crm.credit_control.release_rules import Content, Refusal, Release, refusal
from branch_crm.party_netting.queries import exact

HOLD, EVENT = "Credit Hold", "Credit Event"
_CONTROL = "Credit"
# asked with every sale: to build this query takes longer than to answer it
_ANY_WAITING = "select name from `tabCredit Hold` where company = %s and status in %s limit 1"


def content_of(doc: Document, customer: str) -> Content:
	"""What a document asks for, in company currency."""
	if doc.doctype == asked_queries.JOURNAL:
		rows = [row for row in doc.accounts if row.party == customer]
		items = [(row.account, exact(row.debit), exact(row.credit)) for row in rows]
		amount = asked_queries.debited(doc, customer)
	else:
		items = [(row.item_code or row.item_name, exact(row.qty), exact(row.base_rate)) for row in doc.items]
		amount = exact(doc.base_rounded_total or doc.base_grand_total)
	branch, kind = asked_queries.branch_of(doc) or "", asked_queries.kind_of(doc).value
	payment = payment_queries.shares_of(doc)
	return Content(customer, doc.company, branch, kind, amount, items, payment)


def key_of_document(doctype: str, name: str, creation: object) -> str:
	"""A name is given again where a document never was; when it was made is not."""
	return key_of(doctype, name, cstr(creation))


def hold_of(doctype: str, name: str) -> str | None:
	"""The record of a document that is stored and was refused."""
	creation = frappe.db.get_value(doctype, name, "creation")
	return creation and frappe.db.get_value(HOLD, {"hold_key": key_of_document(doctype, name, creation)})


def released(customer: str, company: str, but: str) -> list[tuple[str, Release]]:
	"""What is released of a customer's by others than `but`, kept from others: what is for one document first, what ends first
	before others."""
	hold = frappe.qb.DocType(HOLD)
	rows = (
		frappe.qb.from_(hold)
		.select(hold.name, hold.released_amount, hold.used_amount, hold.released_until)
		.select(hold.for_all, hold.fingerprint)
		.where(hold.customer == customer)
		.where(hold.company == company)
		.where(hold.status == Status.RELEASED.value)
		.where(hold.decided_by != but)
		.orderby(hold.for_all)
		.orderby(hold.released_until.isnull())
		.orderby(hold.released_until)
		.orderby(hold.name)
		.for_update()
		.run(as_dict=True)
	)
	return [
		(
			row.name,
			Release(
				customer,
				company,
				exact(row.released_amount),
				exact(row.used_amount),
				row.released_until,
				None if row.for_all else row.fingerprint,
			),
		)
		for row in rows
	]


def waiting(company: str, customers: Collection[str] | None = None) -> list[str]:
	"""What nobody has decided about, of these customers and of those who share a limit with them; without customers, all."""
	filters = {"company": company, "status": ["in", [status.value for status in WAITING]]}
	rows = frappe.get_all(HOLD, {**filters, "is_blocked": 0}, ["name", "customer"], order_by="name")
	if customers is None:
		return [row.name for row in rows]
	shared = {name for customer in customers for name in profile_queries.shared_by(customer, company)}
	return [
		row.name
		for row in rows
		if row.customer in customers or shared.intersection(profile_queries.shared_by(row.customer, company))
	]


def run_out(on: date) -> list[str]:
	"""What was released until a day before."""
	over = {"status": Status.RELEASED.value, "released_until": ["<", on]}
	return frappe.get_all(HOLD, over, pluck="name", order_by="name")


def is_anything_waiting(company: str, customers: Collection[str] | None = None) -> bool:
	"""Whether `waiting` may find something."""
	states = [status.value for status in WAITING]
	# with most sales nothing is, and whose it is need not be asked
	if not frappe.db.sql(_ANY_WAITING, [company, states]):
		return False
	if customers is None or profile_queries.shares_any():
		return True
	of_customers = {"company": company, "status": ["in", states], "customer": ["in", list(customers)]}
	return bool(frappe.db.exists(HOLD, of_customers))


def controllers_of(hold: Document) -> list[str]:
	"""Who may decide about it: of those of the branch's teams who control credit, else of all."""
	above = [hold.branch, *access_queries.tree().ancestors_of(hold.branch)] if hold.branch else []
	in_team = {"parenttype": "Branch", "parent": ["in", above], "function": _CONTROL}
	team = set(frappe.get_all(TEAM_MEMBER, in_team, pluck="user", distinct=True)) if above else set()
	return _deciding(hold, team) or _deciding(hold, _with_authority())


def _with_authority() -> set[str]:
	roles = profile_queries.roles_with_authority()
	holders = frappe.get_all(
		"Has Role", {"role": ["in", list(roles)], "parenttype": "User"}, pluck="parent", distinct=True
	)
	return set(frappe.get_all("User", {"name": ["in", holders], "enabled": 1}, pluck="name"))


def asked_by(hold: Document) -> set[str]:
	"""Who has ever asked for it: written or submitted it, or asked for its release."""
	asking = {"hold": hold.name, "event": ["in", [Event.REFUSED.value, Event.REQUESTED.value]]}
	told = frappe.get_all(EVENT, asking, pluck="done_by", distinct=True)
	return {hold.requested_by, hold.refused_for, hold.made_by, *told}


def refusal_of(hold: Document, user: str, amount: Decimal, for_all: bool = False) -> Refusal | None:
	"""Why the user may not decide about so much of it; None if he may."""
	return refusal(
		amount,
		"" if for_all else hold.branch or "",
		profile_queries.authorities_of(user),
		is_own=user in asked_by(hold),
		is_blocked=bool(hold.is_blocked),
	)


def _deciding(hold: Document, users: Collection[str]) -> list[str]:
	return sorted(
		user
		for user in set(users) - {"Administrator", "Guest"}
		if not refusal_of(hold, user, exact(hold.amount))
		and frappe.has_permission(HOLD, "read", hold.name, user=user)
	)
