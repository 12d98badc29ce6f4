"""A branch on every document: given by default, judged on the server, carried along every mapping."""

import frappe
import pytest
from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return
from erpnext.controllers.accounts_controller import update_child_qty_rate
from erpnext.crm.doctype.lead.lead import make_customer, make_opportunity
from erpnext.crm.doctype.opportunity.opportunity import make_quotation
from erpnext.selling.doctype.quotation.quotation import make_sales_order
from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

from branch_crm.branch_access import queries
from branch_crm.branch_access.document_events import DocumentBranchError
from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site import documents
from tests.site.company import as_user, make_branch, make_tree, make_user, switch_on
from tests.site.company import make_customer as customer_of

ROLES = (
	"Sales User",
	"Sales Manager",
	"Sales Master Manager",
	"Accounts User",
	"Accounts Manager",
	"Stock User",
)


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()
	documents.make_item()


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=ROLES)


@pytest.fixture
def both() -> str:
	return make_user("both", "Delhi", "Mumbai", roles=ROLES)


def rows_of(doc: object) -> set[str | None]:
	return {row.branch for row in doc.get_all_children() if row.meta.has_field("branch")}


def test_a_document_gets_the_branch_that_customer_and_user_share(delhi: str) -> None:
	customer_of("Two", "Mumbai", "Delhi")
	switch_on()
	with as_user(delhi):
		assert documents.sales("Quotation", "Two").branch == "Delhi"
	assert documents.sales("Quotation", "Two").branch == "Mumbai"


def test_the_default_branch_of_the_user_goes_before_the_primary_of_the_customer() -> None:
	user = make_user("default", "Delhi", roles=ROLES, is_default=1)
	frappe.get_doc(
		{"doctype": "User Permission", "user": user, "allow": "Branch", "for_value": "Mumbai"}
	).insert()
	customer_of("Two", "Mumbai", "Delhi")
	switch_on()
	with as_user(user):
		assert documents.sales("Sales Order", "Two").branch == "Delhi"


def test_a_branch_of_another_part_of_the_company_is_refused(delhi: str) -> None:
	customer_of("Two", "Mumbai", "Delhi")
	switch_on()
	with as_user(delhi), pytest.raises(OutOfScopeError):
		documents.sales("Sales Order", "Two", branch="Mumbai")


def test_nobody_moves_a_document_to_himself(delhi: str) -> None:
	customer_of("Two", "Mumbai", "Delhi")
	order = documents.sales("Sales Order", "Two", submit=False, branch="Mumbai")
	switch_on()
	with as_user(delhi):
		for change in (
			lambda: frappe.get_doc("Sales Order", order.name).update({"branch": "Delhi"}).save(),
			lambda: frappe.call("frappe.client.set_value", "Sales Order", order.name, "branch", "Delhi"),
		):
			with pytest.raises(frappe.PermissionError):
				change()
	assert frappe.db.get_value("Sales Order", order.name, "branch") == "Mumbai"


def test_nobody_gives_his_document_away(delhi: str) -> None:
	customer_of("Two", "Mumbai", "Delhi")
	switch_on()
	with as_user(delhi):
		order = documents.sales("Sales Order", "Two", submit=False)
		with pytest.raises(OutOfScopeError):
			order.update({"branch": "Mumbai"}).save()


def test_a_customer_of_other_branches_is_refused_or_warned_of_as_the_settings_say() -> None:
	customer_of("Mumbai only", "Mumbai")
	with pytest.raises(DocumentBranchError):
		documents.sales("Sales Order", "Mumbai only", branch="Delhi")
	frappe.db.set_single_value("Branch Access Settings", "branch_of_party", "Warn")
	queries.forget_scopes()
	assert documents.sales("Sales Order", "Mumbai only", branch="Delhi").branch == "Delhi"
	assert "Delhi" in str(frappe.get_message_log())


def test_what_is_inserted_as_submitted_gets_its_branch_too(delhi: str) -> None:
	customer_of("Two", "Mumbai", "Delhi")
	switch_on()
	with as_user(delhi):
		assert documents.sales("Sales Invoice", "Two", docstatus=1, submit=False).branch == "Delhi"


def test_a_customer_without_branch_goes_with_anyone(delhi: str) -> None:
	customer_of("Free")
	switch_on("Everybody")
	with as_user(delhi):
		assert documents.sales("Sales Order", "Free").branch == "Delhi"


def test_who_has_several_branches_chooses(both: str) -> None:
	customer_of("Free")
	switch_on("Everybody")
	with as_user(both):
		with pytest.raises(DocumentBranchError):
			documents.sales("Sales Order", "Free")
		assert documents.sales("Sales Order", "Free", branch="Mumbai").branch == "Mumbai"


def test_closed_branches_and_those_of_other_companies_are_refused() -> None:
	customer_of("Free")
	make_branch("Closed", "North", enabled=0)
	frappe.get_doc(
		{
			"doctype": "Company",
			"company_name": "Other",
			"abbr": "OTH",
			"default_currency": "INR",
			"country": "India",
		}
	).insert()
	make_branch("Foreign", "North", company="Other")
	for branch in ("Closed", "Foreign"):
		with pytest.raises(DocumentBranchError):
			documents.sales("Sales Order", "Free", branch=branch)


def test_what_began_in_a_branch_ends_there_though_it_is_closed_or_left() -> None:
	customer = customer_of("Moving", "Delhi")
	order = documents.sales("Sales Order", "Moving")
	customer.reload()
	customer.set("branches", [{"branch": "Mumbai", "is_primary": 1}])
	customer.save()
	frappe.get_doc("Branch", "Delhi").update({"enabled": 0}).save()
	invoice = make_sales_invoice(order.name)
	invoice.insert().submit()
	payment = get_payment_entry("Sales Invoice", invoice.name)
	payment.update({"reference_no": "1", "reference_date": invoice.posting_date})
	payment.insert().submit()
	credit = make_sales_return(invoice.name)
	credit.insert()
	assert {order.branch, invoice.branch, payment.branch, credit.branch} == {"Delhi"}


def test_from_lead_to_payment_everything_stays_in_its_branch(delhi: str) -> None:
	documents.make_item()
	switch_on()
	with as_user(delhi):
		lead = documents.make_lead()
		assert lead.branch == "Delhi"
	opportunity = make_opportunity(lead.name).insert()
	quotation = make_quotation(opportunity.name)
	quotation.append("items", {"item_code": documents.ITEM, "qty": 2, "rate": 50})
	quotation.insert().submit()
	customer = make_customer(lead.name)
	customer.update({"customer_group": "Commercial", "territory": "India"}).insert()
	assert [row.branch for row in customer.branches] == ["Delhi"]
	order = make_sales_order(quotation.name)
	order.update({"customer": customer.name, "delivery_date": order.transaction_date})
	order.insert().submit()
	invoice = make_sales_invoice(order.name).insert()
	invoice.submit()
	payment = get_payment_entry("Sales Invoice", invoice.name)
	payment.update({"reference_no": "1", "reference_date": invoice.posting_date})
	payment.insert().submit()
	credit = make_sales_return(invoice.name).insert()
	credit.submit()
	for doc in (opportunity, quotation, order, invoice, payment, credit):
		assert (doc.doctype, doc.branch) == (doc.doctype, "Delhi")
		assert rows_of(doc) <= {"Delhi"}
	for ledger in ("GL Entry", "Payment Ledger Entry"):
		vouchers = [invoice.name, payment.name, credit.name]
		branches = frappe.get_all(ledger, {"voucher_no": ["in", vouchers]}, pluck="branch")
		assert branches and set(branches) == {"Delhi"}


def test_an_amended_document_keeps_its_branch() -> None:
	customer_of("Two", "Mumbai", "Delhi")
	order = documents.sales("Sales Order", "Two", branch="Delhi")
	order.cancel()
	amended = frappe.copy_doc(order)
	amended.update({"amended_from": order.name, "docstatus": 0})
	assert amended.insert().branch == "Delhi"


def test_rows_follow_their_document_and_added_ones_too() -> None:
	customer_of("Two", "Mumbai", "Delhi")
	order = documents.sales("Sales Order", "Two", submit=False)
	assert rows_of(order) == {"Mumbai"}
	order.update({"branch": "Delhi"}).save()
	assert rows_of(order) == {"Delhi"}
	order.submit()
	row = order.items[0]
	changed = [
		{"docname": row.name, "name": row.name, "item_code": row.item_code, "qty": 1, "rate": 100},
		{"item_code": row.item_code, "qty": 3, "rate": 10, "delivery_date": str(order.delivery_date)},
	]
	update_child_qty_rate("Sales Order", frappe.as_json(changed), order.name)
	order.reload()
	assert len(order.items) == 2
	assert rows_of(order) == {"Delhi"}


def test_an_invoice_may_have_rows_of_several_branches_by_who_reaches_them(delhi: str, both: str) -> None:
	customer_of("Two", "Mumbai", "Delhi")
	rows = [
		{"item_code": documents.make_item(), "qty": 1, "rate": 10, "branch": branch}
		for branch in ("Delhi", "Mumbai")
	]
	switch_on()
	with as_user(both):
		invoice = documents.sales("Sales Invoice", "Two", branch="Delhi", items=rows)
	income = frappe.get_all(
		"GL Entry", {"voucher_no": invoice.name, "credit": [">", 0]}, ["branch"], pluck="branch"
	)
	assert sorted(income) == ["Delhi", "Mumbai"]
	with as_user(delhi), pytest.raises(OutOfScopeError):
		documents.sales("Sales Invoice", "Two", branch="Delhi", items=rows)
