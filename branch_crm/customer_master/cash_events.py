"""The CASH customer stays what it is, and is the one at the counter where nobody else is named."""

from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries
from branch_crm.customer_master import cash_customer, cash_queries, cash_rules
from branch_crm.customer_master.cash_rules import Obstacle


class CashCustomerError(frappe.ValidationError):
	pass


class CashOfAllBranchesError(frappe.PermissionError):
	"""Whoever is limited by branch does not choose for everybody."""


def make_cash(doc: Document, method: str | None = None) -> None:
	"""With the first company."""
	cash_customer.make()


def fill_cash(doc: Document, method: str | None = None) -> None:
	"""What is sold at a counter to nobody in particular is sold to CASH."""
	if _is_at_counter(doc) and not doc.customer:
		doc.customer = cash_queries.cash_customer()


def propose_cash(doc: Document, method: str | None = None, *args: object, **asked: object) -> None:
	"""The same on a form, with what ERPNext fills in of a customer."""
	if _is_at_counter(doc) and not doc.customer:
		fill_cash(doc)
		doc.set_missing_lead_customer_details()


def keep_cash(doc: Document, method: str | None = None) -> None:
	"""Raises:
	CashCustomerError: a change after which CASH would not sell at every counter, or would sell on credit.
	"""
	if doc.name != cash_queries.cash_customer():
		return
	_refuse_obstacles(doc)
	if not doc.is_new() and doc.has_value_changed("customer_name"):
		_refuse_renaming()


def keep_without_limit(doc: Document, method: str | None = None) -> None:
	"""The same for a row with a credit limit that is sent alone.

	Raises:
	        CashCustomerError: it is one of CASH.
	"""
	if (doc.parenttype, doc.parent) == ("Customer", cash_queries.cash_customer()):
		_refuse(_("The CASH customer pays at once. Take the credit limits of {0} away."), doc.parent)


def refuse_renaming(doc: Document, method: str | None, old: str, new: str, merge: bool = False) -> None:
	"""Whatever is renamed; nobody's invoices become those of CASH by merging either."""
	cash = cash_queries.cash_customer()
	if cash and cash in (old, frappe.db.get_value("Customer", new) if merge else None):
		_refuse_renaming()


def refuse_deletion(doc: Document, method: str | None = None) -> None:
	if doc.name == cash_queries.cash_customer():
		_refuse(
			_("The CASH customer cannot be deleted. Choose another one in {0} first."),
			_(cash_queries.SETTINGS),
		)


def judge_choice(settings: Document) -> None:
	"""Whether the customer that the settings name can be the CASH customer.

	Raises:
	        CashCustomerError: it cannot; or none is named though there is a company.
	        CashOfAllBranchesError: whoever chooses another one is limited by branch, and everybody sees CASH.
	"""
	if not settings.has_value_changed(cash_queries.FIELD):
		return
	if queries.is_limited_by_branch():
		frappe.throw(
			_("The CASH customer is the one of all branches. Ask head office to choose another one."),
			CashOfAllBranchesError,
			title=_("CASH Customer"),
		)
	if settings.cash_customer:
		_refuse_obstacles(frappe.get_doc("Customer", settings.cash_customer))
	elif frappe.db.a_row_exists("Company"):
		_refuse(_("Choose the customer to whom the counters sell. Other customers are not touched by it."))


def take_choice(settings: Document) -> None:
	"""Everybody sees the new one from now on, and the old one belongs to no branch."""
	before = settings.get_doc_before_save()
	# at installation Frappe saves the settings before there are any fields
	if settings.cash_customer != (before.cash_customer if before else None):
		queries.forget_scopes()
		queries.set_unassigned_flags("Customer")


def _is_at_counter(doc: Document) -> bool:
	"""A till whose people are to name the customer each time has its default taken away later."""
	if doc.doctype == "POS Profile":
		return doc.is_new()
	return doc.doctype == "POS Invoice" or bool(doc.is_pos)


def _refuse_obstacles(customer: Document) -> None:
	sentences = {
		Obstacle.DISABLED: _("The CASH customer sells at every counter and cannot be disabled: {0}."),
		Obstacle.FROZEN: _("The CASH customer sells at every counter and cannot be frozen: {0}."),
		Obstacle.INTERNAL: _("The CASH customer pays at once and cannot be an internal customer: {0}."),
		Obstacle.BRANCHES: _("The CASH customer is for all branches. Take the branches of {0} away first."),
		Obstacle.CREDIT_LIMITS: _("The CASH customer pays at once. Take the credit limits of {0} away."),
	}
	for obstacle in cash_rules.obstacles_of(cash_queries.candidate(customer)):
		_refuse(sentences[obstacle], customer.name)


def _refuse_renaming() -> NoReturn:
	_refuse(
		_("The CASH customer keeps its name, and no other customer becomes it. A trading name can be added.")
	)


def _refuse(sentence: str, name: str = "") -> NoReturn:
	frappe.throw(sentence.format(frappe.bold(name)), CashCustomerError, title=_("CASH Customer"))
