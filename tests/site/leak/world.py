"""A company with documents of every kind in one's own branch and in a foreign one."""

from dataclasses import dataclass, field

import frappe
from erpnext.accounts.doctype.payment_request.payment_request import make_payment_request
from frappe.desk.doctype.kanban_board.kanban_board import quick_kanban_board
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime, nowdate

from branch_crm.branch_access import naming_queries, registry
from branch_crm.branch_access.registry import By
from branch_crm.demo.records import COMPANY
from tests.site import documents, goods
from tests.site.company import make_branch, make_contact, make_customer, switch_on
from tests.site.documents import sales
from tests.site.leak import credited, desk_furniture, furniture, made, netted
from tests.site.leak.papers import after_named, mark, paper

BOARD = "Zq Board"
OWN, FOREIGN = "Delhi", "Agra"
WORDS = {OWN: "zqown", FOREIGN: "zqforeign"}
# what hangs on an order of the side
_HANGING = ("Comment", "Communication", "Activity Log", "View Log", "Energy Point Log", "Workflow Action")
_HANGING += ("Error Log", "Milestone", "Document Share Key", "Integration Request", "Auto Repeat", "Tag Link")
_HANGING += ("Deleted Document", "Version", "Email Queue", "Branch Withdrawal", "Submission Queue")
# every report sums them up
_LEDGERS = ("GL Entry", "Payment Ledger Entry")
# an asset has one of each
_OF_ASSET = ("Asset Depreciation Schedule", "Asset Maintenance")
_WITHOUT_SPARE = {"Branch", *_OF_ASSET, *_LEDGERS}
# no rollback brings its rows back
_KEPT_ANYHOW = ("Error Log",)


@dataclass
class Side:
	"""One branch's documents: by DocType the one to name, a draft that nothing else names, and every row that is stored
	of them."""

	branch: str
	word: str
	names: dict[str, str] = field(default_factory=dict)
	spares: dict[str, str] = field(default_factory=dict)
	values: dict[str, str] = field(default_factory=dict)
	rows: dict[str, list[str]] = field(default_factory=dict)

	def keep(self, *docs: Document) -> None:
		for doc in docs:
			self.names.setdefault(doc.doctype, doc.name)


def make() -> tuple[Side, Side]:
	"""Both sides; scope is on afterwards. Nothing is committed here."""
	for name, parent in {
		"HO": None,
		"East": "HO",
		"Far": "HO",
		OWN: "East",
		"Pune": "East",
		FOREIGN: "Far",
	}.items():
		make_branch(name, parent, is_group=int(name in ("HO", "East", "Far")))
	documents.make_item()
	goods.stock_up()
	make_customer("Zq Shared", OWN, FOREIGN)
	goods.make_supplier("Zq Shared Maker", OWN, FOREIGN)
	_furnish()
	sides = Side(OWN, WORDS[OWN]), Side(FOREIGN, WORDS[FOREIGN])
	for side in sides:
		before = _stored()
		_fill(side)
		# with whom a person was shared is told of the person, whom no branch limits
		frappe.db.delete("Comment", {"reference_doctype": "User"})
		frappe.db.delete("DocShare", {"share_doctype": "User"})
		if side.branch == FOREIGN:
			furniture.fill_nowhere(side.word)
		after = _stored()
		side.rows = {table: sorted(after[table] - before.get(table, set())) for table in after}
		side.rows = {table: names for table, names in _naming(side.rows).items() if names}
	switch_on()
	return sides


def _furnish() -> None:
	"""What is of no branch and has to be there for some functions to do anything."""
	quick_kanban_board("Task", BOARD, "status")
	furniture.furnish(OWN, FOREIGN)
	desk_furniture.furnish()


def _stored() -> dict[str, set[str]]:
	"""Every row of judged DocTypes and of the tables in them."""
	tables = {
		row.options for name in registry.judged_doctypes() for row in frappe.get_meta(name).get_table_fields()
	}
	return {
		name: set(frappe.get_all(name, pluck="name", limit_page_length=0))
		for name in (*registry.judged_doctypes(), *sorted(tables))
		if name not in _KEPT_ANYHOW
	}


def _naming(rows: dict[str, list[str]]) -> dict[str, list[str]]:
	"""Without what is seen by what it names, and names nothing: it is for all."""
	return {
		table: [name for name in names if naming_queries.named_in(frappe.get_doc(table, name))]
		if table in registry.naming_doctypes()
		else names
		for table, names in rows.items()
	}


def _fill(side: Side) -> None:
	word, branch = side.word, side.branch
	side.names["Branch"] = branch
	customer = make_customer(f"{word} customer", branch)
	supplier = goods.make_supplier(f"{word} maker", branch)
	side.keep(customer, supplier)
	side.keep(make_contact(f"{word} contact", ("Customer", customer.name), ("Supplier", supplier.name)))
	side.keep(_address(side, customer.name))
	_sell(side)
	_buy(side)
	_others(side)
	made.make(side)
	_hang(side)
	netted.settle(side)
	credited.grant(side)
	desk_furniture.furnish_side(word, branch, side.names)
	for doctype in sorted(set(registry.judged_doctypes()) - set(side.names), key=after_named):
		side.keep(paper(doctype, word, side.names, **{registry.branch_field(): branch}))
	for doctype in sorted(set(registry.judged_doctypes()) - _WITHOUT_SPARE, key=_after_parties):
		if registry.scoping_of(doctype) is not By.ATTACHED:
			values = {**_unlinked(doctype), **_place(side, doctype), "docstatus": 0}
			side.spares[doctype] = paper(doctype, f"{word} spare", side.names, **values).name
	for doctype, name in side.names.items():
		if doctype != "Branch":
			mark(doctype, name, word)
	side.values |= {"file_url": frappe.db.get_value("File", side.names["File"], "file_url")}
	side.values |= {"email": frappe.db.get_value("Lead", side.names["Lead"], "email_id")}


def _after_parties(doctype: str) -> tuple[bool, str]:
	return registry.scoping_of(doctype) is By.PARTIES, doctype


def _unlinked(doctype: str) -> dict[str, None]:
	"""Links that only one document may have."""
	return {field.fieldname: None for field in frappe.get_meta(doctype).get_link_fields() if field.unique}


def _place(side: Side, doctype: str) -> dict[str, object]:
	"""By which a document belongs to the side."""
	if registry.scoping_of(doctype) is By.ASSIGNMENTS:
		return {"branches": [{"branch": side.branch, "is_primary": 1}]}
	if registry.scoping_of(doctype) is By.PARTIES:
		return {"links": [{"link_doctype": "Customer", "link_name": side.spares["Customer"]}]}
	return {registry.branch_field(): side.branch}


def _address(side: Side, customer: str) -> Document:
	values = {"doctype": "Address", "address_title": side.word, "address_line1": f"{side.word} street"}
	values |= {"city": f"{side.word} town", "country": "India", "address_type": "Billing"}
	return frappe.get_doc({**values, "links": [{"link_doctype": "Customer", "link_name": customer}]}).insert()


def _sell(side: Side) -> None:
	customer, branch = side.names["Customer"], {"branch": side.branch}
	lead = documents.make_lead(f"{side.word} lead", **branch)
	opportunity = documents.make_opportunity(lead.name)
	opportunity.update({**branch, "company": COMPANY}).insert()
	prospect = {"doctype": "Prospect", "company_name": f"{side.word} prospect", "company": COMPANY}
	prospect |= {"branches": [{"branch": side.branch, "is_primary": 1}], "leads": [{"lead": lead.name}]}
	side.keep(lead, opportunity, frappe.get_doc(prospect).insert())
	goods_row = [{"item_code": goods.GOODS, "qty": 2, "rate": 130, "warehouse": goods.warehouse()}]
	for buyer in (customer, "Zq Shared"):
		quotation = sales("Quotation", buyer, **branch)
		order = sales("Sales Order", buyer, items=goods_row, **branch)
		delivered = documents.make_delivery_note(order.name).insert()
		delivered.submit()
		invoice = sales("Sales Invoice", buyer, due_date=nowdate(), **branch)
		late = sales("Sales Invoice", buyer, set_posting_time=1, due_date=nowdate(), **branch)
		frappe.db.set_value("Sales Invoice", late.name, "due_date", add_days(nowdate(), -40))
		payment = documents.get_payment_entry("Sales Invoice", invoice.name, party_amount=40)
		payment.update({"reference_no": side.word, "reference_date": nowdate()}).insert().submit()
		open_order = sales("Sales Order", buyer, **branch)
		drafts = [sales(kind, buyer, submit=False, **branch) for kind in ("Sales Order", "Sales Invoice")]
		side.keep(quotation, open_order, delivered, invoice, payment, *drafts)
	asked = make_payment_request(
		dt="Sales Invoice",
		dn=side.names["Sales Invoice"],
		recipient_id="x@x.example",
		return_doc=1,
		mute_email=1,
	)
	side.keep(asked.insert() if asked.is_new() else asked)


def _buy(side: Side) -> None:
	branch = {"branch": side.branch}
	request = {"doctype": "Material Request", "material_request_type": "Purchase", "company": COMPANY}
	request = frappe.get_doc({**request, "items": goods.rows(), "schedule_date": nowdate(), **branch})
	side.keep(request.insert())
	request.submit()
	suppliers = [{"supplier": side.names["Supplier"], "email_id": f"{side.word}@x.example"}]
	quoted = {"doctype": "Request for Quotation", "company": COMPANY, "message_for_supplier": side.word}
	quoted |= {"suppliers": suppliers, "items": [{**goods.rows()[0], "uom": "Nos", "conversion_factor": 1}]}
	side.keep(goods.done(frappe.get_doc({**quoted, **branch, "transaction_date": nowdate()})))
	for seller in (side.names["Supplier"], "Zq Shared Maker"):
		bought = {"company": COMPANY, "supplier": seller, "items": goods.rows(), **branch}
		side.keep(
			goods.done(frappe.get_doc({"doctype": "Supplier Quotation", **bought})),
			goods.done(frappe.get_doc({"doctype": "Purchase Order", "schedule_date": nowdate(), **bought})),
			goods.done(frappe.get_doc({"doctype": "Purchase Receipt", **bought})),
			goods.done(
				frappe.get_doc({"doctype": "Purchase Invoice", "bill_no": f"{side.word}{seller}", **bought})
			),
		)


def _others(side: Side) -> None:
	branch, customer = {"branch": side.branch}, side.names["Customer"]
	cash = documents.account("Cash")
	cost_center = frappe.get_cached_value("Company", COMPANY, "cost_center")
	sold = frappe.get_cached_value("Company", COMPANY, "default_income_account")
	entry = documents.journal(
		{"account": cash, "debit_in_account_currency": 31, **branch},
		{"account": sold, "credit_in_account_currency": 31, "cost_center": cost_center, **branch},
		user_remark=side.word,
	)
	entry.submit()
	project = {"doctype": "Project", "project_name": f"{side.word} project", "company": COMPANY, **branch}
	project = frappe.get_doc({**project, "customer": customer}).insert()
	task = {"doctype": "Task", "subject": f"{side.word} task", "project": project.name, "company": COMPANY}
	task |= {"exp_start_date": nowdate(), "exp_end_date": add_days(nowdate(), 3), **branch}
	issue = {"doctype": "Issue", "subject": f"{side.word} issue", "customer": customer, "company": COMPANY}
	event = {"doctype": "Event", "subject": f"{side.word} event", "event_type": "Public", **branch}
	contract = {"doctype": "Contract", "party_type": "Customer", "party_name": customer, **branch}
	contract |= {"contract_terms": side.word, "start_date": nowdate()}
	side.keep(entry, project)
	for values in (task, {**issue, **branch}, {**event, "starts_on": now_datetime()}, contract):
		side.keep(frappe.get_doc(values).insert())
	for ledger in _LEDGERS:
		side.names[ledger] = frappe.db.get_value(ledger, {"voucher_no": side.names["Sales Invoice"]})


def _hang(side: Side) -> None:
	order = ("Sales Order", side.names["Sales Order"])
	for carrier in (order, ("Customer", side.names["Customer"])):
		for doctype in _HANGING:
			fields = dict(zip(registry.attached_to(doctype), carrier, strict=True))
			made = paper(doctype, side.word, side.names, **fields, **_kinds(side, doctype))
			side.keep(made)
		for values in (
			{
				"doctype": "ToDo",
				"description": side.word,
				"reference_type": carrier[0],
				"reference_name": carrier[1],
			},
			{
				"doctype": "File",
				"file_name": f"{side.word}-{carrier[0]}.txt",
				"content": f"Batch No,Qty\n{side.word} {carrier[0]},1",
				"is_private": 1,
				"attached_to_doctype": carrier[0],
				"attached_to_name": carrier[1],
			},
		):
			side.keep(frappe.get_doc(values).insert())
	for row in ("DocShare", "Notification Log", "Document Follow"):
		fields = dict(zip(registry.attached_to(row), order, strict=True))
		side.keep(paper(row, side.word, side.names, **fields, **_kinds(side, row)))


def _kinds(side: Side, doctype: str) -> dict[str, object]:
	"""What some DocTypes need to be what they are."""
	kinds: dict[str, dict] = {
		"Communication": {
			"communication_type": "Communication",
			"communication_medium": "Email",
			"sender": f"{side.word}@sender.example",
			"phone_no": None,
		},
		"Comment": {"comment_type": "Comment", "content": side.word},
		"Version": {"data": "{}"},
		"Tag Link": {"tag": side.word},
		"Deleted Document": {"data": "{}"},
		"DocShare": {"user": "Administrator", "read": 1},
		"Document Follow": {"user": "Administrator"},
		"Notification Log": {"for_user": "Administrator"},
	}
	return kinds.get(doctype, {})
