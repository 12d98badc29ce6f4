"""Figures of all branches that the desk shows by itself: on forms that branches share, in its bar, when it starts."""

import frappe
from frappe.core import notifications
from frappe.model.document import Document

from branch_crm.branch_access import (
	guard_queries,
	own_details_api,
	own_figure_queries,
	permissions,
	queries,
)


def show_own_figures(doc: Document, method: str | None = None) -> None:
	"""ERPNext sums up the invoices and the ledger of all branches."""
	if queries.is_limited() and doc.get_onload().get("dashboard_info"):
		doc.set_onload("dashboard_info", own_figure_queries.dashboard_info(doc.doctype, doc.name))


def show_own_sales(doc: Document, method: str | None = None) -> None:
	"""ERPNext sums up what a sales person has sold in all branches."""
	if queries.is_limited():
		doc.set_onload("dashboard_info", own_figure_queries.sales_of(doc.sales_person_name))


def say_own_balances(doc: Document, method: str | None = None) -> None:
	"""ERPNext notes on a payment what its party and its accounts owe in all branches."""
	if queries.is_limited_by_branch():
		doc.update(own_figure_queries.balances(doc))


def tell_desk_less(bootinfo: dict) -> None:
	"""What everybody is told at the start: how many customers there are, what any of them has been promised, and whose
	titles stand for their names."""
	if queries.is_limited():
		bootinfo.pop("customer_count", None)
		bootinfo.service_level_agreement_doctypes = own_details_api.get_sla_doctypes()
		# lists would ask for the titles of documents that they link to
		titled = bootinfo.get("link_title_doctypes") or ()
		bootinfo.link_title_doctypes = [kind for kind in titled if not guard_queries.is_judged(kind)]


def get_notification_config() -> dict:
	"""Frappe counts the public events of all branches."""
	return {"for_doctype": {"Event": f"{__name__}.{count_todays_events.__name__}"}}


def count_todays_events(as_list: bool = False) -> list[dict] | int:
	"""Frappe's own, of one's own."""
	found = notifications.get_todays_events(as_list=True)
	if queries.is_limited():
		reached = permissions.reached_of("Event", [event.name for event in found], frappe.session.user)
		found = [event for event in found if reached.get(event.name)]
	return found if as_list else len(found)
