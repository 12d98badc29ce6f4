"""Take a company's credit limits over from ERPNext, and give them back."""

import json
from collections.abc import Collection, Iterator
from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import fmt_money, now_datetime

from branch_crm.credit_control import contribution_queries, takeover_queries
from branch_crm.credit_control.profile_queries import CUSTOMER, PROFILE, SETTINGS
from branch_crm.credit_control.rules import ZERO, Kind, Rule, total
from branch_crm.credit_control.takeover_queries import COMPANY, KEPT, ROW
from branch_crm.credit_control.takeover_rules import Source, Why, differences

_REASONS = {
	Why.LEDGER: "what is posted differs",
	Why.NOT_BILLED: "ERPNext goes by the billed part of whole orders, and by deliveries that have no order; here each line counts "
	"what is not billed of it, once",
	Why.TILL_SALES: "ERPNext counts till sales once they are consolidated; here from the sale on",
	Why.PAYABLES: "what we owe the customer as a supplier is netted by an agreement",
}
_NOT_ON_ORDERS = {"kind": Kind.SALES_ORDER.value, "rule": Rule.CUSTOMER_LIMIT.value, "action": "Off"}


def compared(company: str, customers: Collection[str]) -> Iterator[dict]:
	"""For each customer what is owed by ERPNext's check and by ours, and why they differ."""
	limits, bypassing = takeover_queries.limits_in_force(company), takeover_queries.bypassing(company)
	profiles = takeover_queries.with_profiles(company, customers)
	ours = _by_component(company, customers)
	currency = frappe.get_cached_value("Company", company, "default_currency")
	for customer in customers:
		stock, own = takeover_queries.owed_in_stock(company, customer), ours.get(customer, {})
		source, limit = limits.get(customer, (None, ZERO))
		why = [
			_("{0}: {1} there, {2} here; {3}.").format(
				_(part.value),
				*(fmt_money(amount, currency=currency) for amount in amounts),
				_(_REASONS[part]),
			)
			for part, amounts in differences(stock, own).items()
		]
		if customer in bypassing and customer in limits:
			why.append(
				_("Orders are not judged there. Its profile says whether they are here.")
				if customer in profiles
				else _("Orders are not judged there. Nor are they by its profile: what they lead to is.")
			)
		yield {
			"customer": customer,
			"limit": float(limit),
			"limit_of": source.value if source else None,
			"has_profile": customer in profiles,
			"stock": float(stock.total),
			"ours": float(total(own.values())),
			"why": why,
		}


def add_profiles(company: str, customers: Collection[str]) -> int:
	"""A profile for each of these that has no profile yet, and a limit of its own, or of its group, or that the company's does not
	hold when it orders. They show, and do not judge before the company is judged."""
	limits, bypassing = takeover_queries.limits_in_force(company), takeover_queries.bypassing(company)
	added = 0
	for customer in sorted(set(customers) - takeover_queries.with_profiles(company, customers)):
		source, limit = limits.get(customer, (None, ZERO))
		if not source or (source is Source.COMPANY and customer not in bypassing):
			continue
		profile = frappe.new_doc(PROFILE)
		profile.update({"party_type": CUSTOMER, "party": customer, "company": company})
		profile.update({"credit_limit": float(limit), "check_credit": 1, "stop_sales": 1})
		if customer in bypassing:
			profile.append("actions", {**_NOT_ON_ORDERS})
		# it was granted in ERPNext, whoever takes it over
		profile.flags.is_decided = True
		profile.insert()
		added += 1
	return added


def move(company: str) -> None:
	"""ERPNext's limits of a company are kept aside, and profiles judge in their place, at one moment."""
	# who was renamed, or was given a limit, since the others got their profiles
	add_profiles(company, takeover_queries.limits_in_force(company))
	of_company = frappe.db.get_value("Company", company, "credit_limit")
	default = _add_default(company, of_company) if of_company else None
	for row in takeover_queries.rows_of(company):
		_keep(company, row.parenttype, row.parent, dict(row))
		frappe.db.delete(ROW, {"name": row.name})
		frappe.clear_document_cache(row.parenttype, row.parent)
	if of_company:
		_keep(company, "Company", company, {"credit_limit": of_company, "default": default})
		_set_limit(company, of_company=0)
	frappe.db.set_value(COMPANY, company, "judged_since", now_datetime(), update_modified=False)


def hand_back(company: str) -> None:
	"""What `move` has put aside is as it was; profiles stay, and do not judge."""
	of_party = {(row.parenttype, row.parent): row.parent for row in takeover_queries.rows_of(company)}
	kept_rows = [(kept, json.loads(kept.stored)) for kept in takeover_queries.kept_of(company)]
	# of customers that were merged since, the one that stayed keeps its limit, as in ERPNext
	for kept, row in sorted(kept_rows, key=lambda one: one[1].get("parent") != one[0].party):
		if kept.party_type == "Company":
			_set_limit(company, of_company=row["credit_limit"])
			_take_default(row["default"])
		elif of_party.setdefault((kept.party_type, kept.party), row["parent"]) == row["parent"]:
			# both may be called otherwise since
			frappe.get_doc({**row, "doctype": ROW, "parent": kept.party, "company": company}).db_insert()
			frappe.clear_document_cache(kept.party_type, kept.party)
	frappe.db.delete(KEPT, {"company": company})
	frappe.db.set_value(COMPANY, company, "judged_since", None, update_modified=False)


def begin_counting(company: str) -> Document:
	"""From now on what customers of the company owe is kept as documents change."""
	if frappe.db.exists(COMPANY, company):
		return frappe.get_doc(COMPANY, company)
	doc = frappe.new_doc(COMPANY)
	doc.update({"company": company, "counted_since": now_datetime()})
	# nobody makes one by hand
	return doc.insert(ignore_permissions=True)


def _keep(company: str, party_type: str, party: str, row: dict) -> None:
	doc = frappe.new_doc(KEPT)
	doc.update({"company": company, "party_type": party_type, "party": party})
	doc.update({"credit_limit": row["credit_limit"], "stored": json.dumps(row, default=str)})
	# nobody makes one by hand
	doc.insert(ignore_permissions=True)


def _add_default(company: str, limit: float) -> str | None:
	"""The name of the row that says what holds for everybody without a profile; None where one said so before."""
	if takeover_queries.has_default(company):
		return None
	settings = frappe.get_doc(SETTINGS)
	row = settings.append("defaults", {"company": company, "credit_limit": limit, "check_credit": 1})
	row.stop_sales = 1
	settings.save()
	return row.name


def _take_default(name: str | None) -> None:
	settings = frappe.get_doc(SETTINGS)
	left = [row for row in settings.defaults if row.name != name]
	if len(left) < len(settings.defaults):
		settings.update({"defaults": left}).save()


def _set_limit(company: str, of_company: float) -> None:
	frappe.db.set_value("Company", company, "credit_limit", of_company, update_modified=False)


def _by_component(company: str, customers: Collection[str]) -> dict[str, dict[str, Decimal]]:
	found: dict[str, dict[str, Decimal]] = {}
	for place, amount in contribution_queries.of_customers(company, customers).items():
		parts = found.setdefault(place.customer, {})
		parts[place.component] = parts.get(place.component, ZERO) + amount
	return found
