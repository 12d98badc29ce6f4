"""A stock site for the tests: real documents, their branches taken away by SQL; runs without commits."""

import json

import frappe
from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return
from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice
from frappe.model.document import Document

from branch_crm.branch_access import backfill_changes, backfill_queries, queries, registry
from branch_crm.branch_access.backfill_work import WITHOUT, Counts, Work, count
from tests.site import documents
from tests.site.company import make_customer


def forget_branches(value: str | None = None) -> None:
	"""No document, row or ledger row has a branch, and no master a row: as before the app came."""
	for doctype in tables():
		frappe.db.sql(f"update `tab{doctype}` set branch = %s", value)
	frappe.db.sql("delete from `tabBranch Assignment`")
	for doctype in registry.assigned_doctypes():
		queries.set_unassigned_flags(doctype)
	frappe.clear_cache()


def tables() -> list[str]:
	"""Every DocType with the column that a backfill may write."""
	found = set()
	for doctype in backfill_queries.backfilled():
		children = [table.options for table in frappe.get_meta(doctype).get_table_fields()]
		found |= {doctype, *children}
	return sorted(doctype for doctype in found if frappe.db.has_column(doctype, "branch"))


def everything() -> dict[str, dict]:
	"""Every value of every row that a backfill may touch, masters' branch rows included."""
	masters = registry.assigned_doctypes()
	return {
		doctype: {
			row.pop("name"): row for row in frappe.db.sql(f"select * from `tab{doctype}`", as_dict=True)
		}
		for doctype in [*tables(), *masters, "Branch Assignment"]
	}


def changed_columns(before: dict, after: dict) -> dict[str, set[str]]:
	"""The columns in which rows of each DocType differ; rows that came or went count as ``row``."""
	changed: dict[str, set[str]] = {}
	for doctype in before:
		for name in before[doctype].keys() | after[doctype].keys():
			old, new = before[doctype].get(name), after[doctype].get(name)
			if old is None or new is None:
				changed.setdefault(doctype, set()).add("row")
			elif old != new:
				changed.setdefault(doctype, set()).update(key for key in old if old[key] != new[key])
	return changed


def make_run(*rules: str, csv: str | None = None, **values) -> Document:
	"""A stored backfill of these rules, asked in this order."""
	doc = frappe.get_doc(
		{"doctype": "Branch Backfill", "rules": [{"rule": rule} for rule in rules], **values}
	)
	if csv is not None:
		doc.csv_file = "/private/files/none-yet.csv"
	doc.insert()
	if csv is not None:
		attached = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name, "is_private": 1}
		file = {"doctype": "File", "file_name": f"{doc.name}.csv", "content": csv, **attached}
		doc.update({"csv_file": frappe.get_doc(file).insert().file_url}).save()
	return doc


def dry_run(run: Document) -> Counts:
	"""What a run would give, counted as the job does."""
	work, counts = Work(run), {}
	for batch in work.batches():
		for given in batch.given.values():
			for got in given.values():
				count(counts, batch.doctype, got.rule.value, 1)
		count(counts, batch.doctype, WITHOUT, batch.rest)
		work.remember(batch)
	return counts


def apply(run: Document, size: int = 3) -> Counts:
	"""The whole run in one transaction."""
	work, counts = Work(run, size), {}
	for batch in work.batches():
		backfill_changes.give(work, batch, counts)
		count(counts, batch.doctype, WITHOUT, batch.rest)
	return json.loads(json.dumps(counts))


def undo(run: Document, size: int = 4) -> tuple[int, int]:
	"""The whole undo in one transaction: how much was taken back, how much had been changed."""
	taken = kept = 0
	last = ""
	while last is not None:
		some, others, last = backfill_changes.take_back(run.name, last, size)
		taken, kept = taken + some, kept + others
	return taken, kept


def branch_of(doc: Document) -> str | None:
	return frappe.db.get_value(doc.doctype, doc.name, "branch")


def rows_of(doctype: str, name: str) -> list[tuple[str, int]]:
	filters = {"parenttype": doctype, "parent": name}
	rows = frappe.get_all("Branch Assignment", filters, ["branch", "is_primary"], order_by="idx")
	return [(row.branch, row.is_primary) for row in rows]


def ledger_branches(*vouchers: Document) -> dict[str, list[str | None]]:
	names = ["in", [voucher.name for voucher in vouchers]]
	return {
		ledger: sorted(frappe.get_all(ledger, {"voucher_no": names}, pluck="branch"), key=str)
		for ledger in ("GL Entry", "Payment Ledger Entry")
	}


def sold() -> dict[str, Document]:
	"""An order, its invoice, payment and credit note, and a journal entry, of a customer of Delhi; all stock."""
	make_customer("Old", "Delhi")
	order = documents.sales("Sales Order", "Old")
	invoice = make_sales_invoice(order.name).insert()
	invoice.submit()
	other = documents.sales("Sales Invoice", "Old")
	credit = make_sales_return(other.name).insert()
	credit.submit()
	entry = journal_for("Old")
	made = {
		"order": order,
		"invoice": invoice,
		"other": other,
		"credit": credit,
		"entry": entry,
	}
	made["payment"] = paid(invoice)
	forget_branches()
	return made


def journal_for(customer: str, **reference) -> Document:
	cash, receivable = documents.account("Cash"), documents.account("Receivable")
	party = {"account": receivable, "party_type": "Customer", "party": customer, **reference}
	entry = documents.journal(
		{"account": cash, "debit_in_account_currency": 10}, {**party, "credit_in_account_currency": 10}
	)
	entry.submit()
	return entry


def set_on_branch(branch: str, **values) -> None:
	frappe.get_doc("Branch", branch).update(values).save()


def paid(invoice: Document) -> Document:
	payment = get_payment_entry("Sales Invoice", invoice.name)
	payment.update({"reference_no": "1", "reference_date": payment.posting_date})
	payment.insert().submit()
	return payment
