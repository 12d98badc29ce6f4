"""What happens when ERPNext's companies and accounting dimensions change."""

from frappe.model.document import Document

from branch_crm.branch_access import dimension, doctype_facts, queries


def add_company(doc: Document, method: str | None = None) -> None:
	dimension.add_company(doc.name)


def forget_branch_field(doc: Document, method: str | None = None) -> None:
	doctype_facts.forget()
	queries.forget_scopes()
