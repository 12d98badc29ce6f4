"""The figures on the form of a customer or supplier that several branches share."""

from frappe.model.document import Document

from branch_crm.branch_access import own_figure_queries, queries


def show_own_figures(doc: Document, method: str | None = None) -> None:
	"""ERPNext sums up the invoices and the ledger of all branches."""
	if queries.is_limited() and doc.get_onload().get("dashboard_info"):
		doc.set_onload("dashboard_info", own_figure_queries.dashboard_info(doc.doctype, doc.name))
