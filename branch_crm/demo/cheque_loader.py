"""The demo company's cheques that came back."""

import frappe

from branch_crm.demo import documents, records
from branch_crm.demo.credit_records import CHEQUES, DemoCheque

_RETURN, _UNDONE = "Cheque Return", "Unreconcile Payment"


def load_cheques() -> None:
	for cheque in CHEQUES:
		_load(cheque)


def remove_cheques() -> None:
	"""Those that people have entered since as well; before their receipts, which they name."""
	for name in _of_company(_RETURN):
		journal = frappe.db.get_value(_RETURN, name, "journal_entry")
		_delete(_RETURN, name)
		frappe.delete_doc_if_exists("Journal Entry", journal, force=True)
	for name in _of_company(_UNDONE):
		_delete(_UNDONE, name)


def _load(cheque: DemoCheque) -> None:
	company = frappe.get_cached_doc("Company", records.COMPANY)
	receipt = {
		"doctype": "Payment Entry",
		"payment_type": "Receive",
		"company": company.name,
		"branch": cheque.branch,
		"party_type": "Customer",
		"party": cheque.customer,
		"paid_from": company.default_receivable_account,
		"paid_to": _account("Bank Account"),
		"paid_amount": cheque.amount,
		"received_amount": cheque.amount,
		"reference_no": cheque.number,
		"reference_date": documents.day(cheque.received),
	}
	received = documents.write(frappe.get_doc(receipt), "asha", cheque.received, submit=True)
	back = {"doctype": _RETURN, "payment_entry": received.name, "reason": "Insufficient Funds"}
	back |= {"bank_charge": cheque.bank_charge, "customer_charge": cheque.bank_charge}
	back |= {
		"charge_account": _account("Miscellaneous Expenses"),
		"return_date": documents.day(cheque.returned),
	}
	documents.write(frappe.get_doc(back), "asha", cheque.returned, submit=True)


def _account(name: str) -> str:
	return frappe.db.get_value("Account", {"account_name": name, "company": records.COMPANY, "is_group": 0})


def _of_company(doctype: str) -> list[str]:
	return frappe.get_all(doctype, {"company": records.COMPANY}, pluck="name", order_by="name desc")


def _delete(doctype: str, name: str) -> None:
	doc = frappe.get_doc(doctype, name)
	if doc.docstatus.is_submitted():
		doc.cancel()
	frappe.delete_doc(doctype, name, force=True)
