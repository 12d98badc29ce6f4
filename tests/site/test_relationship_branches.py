"""From a first contact to a customer: what ERPNext makes by itself on the way belongs to the branch that it began in,
and contacts and addresses are seen there and nowhere else."""

from collections.abc import Callable

import frappe
import pytest
from erpnext.crm.doctype.lead.lead import add_lead_to_prospect
from erpnext.crm.doctype.opportunity.opportunity import make_customer as customer_of_opportunity
from erpnext.crm.doctype.prospect.prospect import make_customer as customer_of_prospect
from erpnext.crm.doctype.prospect.prospect import make_opportunity as opportunity_of_prospect
from erpnext.selling.doctype.quotation.quotation import make_sales_invoice as invoice_of_quotation
from frappe.model.document import Document

from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import as_user, listed, make_tree, make_user, opened, switch_on

ROLES = (
	"Sales User",
	"Sales Manager",
	"Sales Master Manager",
	"Purchase Manager",
	"Purchase Master Manager",
	"Accounts User",
)
REACHED = {
	"email_id": "person@branch.example",
	"mobile_no": "+91 98100 00000",
	"address_line1": "1 Road",
	"city": "Delhi",
	"country": "India",
}
PLACE = {"customer_group": "Commercial", "territory": "India"}


@pytest.fixture(autouse=True)
def users() -> dict[str, str]:
	make_tree()
	documents.make_item()
	for fieldname, value in PLACE.items():
		frappe.db.set_default(fieldname, value)
		frappe.db.set_default(frappe.unscrub(fieldname), value)
	found = {place: make_user(place.lower(), place, roles=ROLES) for place in ("Delhi", "Mumbai")}
	switch_on()
	return found


def quick_entry(doctype: str) -> Document:
	"""A customer or supplier as the dialog sends it, with the person and the address beside it."""
	values = {**PLACE, "supplier_group": "Services", f"{doctype.lower()}_name": "Quick"}
	return frappe.get_doc({"doctype": doctype, **values, **REACHED}).insert()


def lead() -> Document:
	return documents.make_lead("Zq Lead", mobile_no=REACHED["mobile_no"])


def linked_to(doc: Document, doctype: str) -> set[str]:
	filters = {"parenttype": doctype, "link_doctype": doc.doctype, "link_name": doc.name}
	return set(frappe.get_all("Dynamic Link", filters, pluck="parent"))


def branches_of(doc: Document) -> list[str]:
	return [row.branch for row in frappe.get_doc(doc.doctype, doc.name).branches]


@pytest.mark.parametrize(
	("make", "doctypes"),
	[
		(lambda: quick_entry("Customer"), ("Contact", "Address")),
		(lambda: quick_entry("Supplier"), ("Contact", "Address")),
		(lead, ("Contact",)),
	],
	ids=["Customer", "Supplier", "Lead"],
)
def test_the_person_and_the_address_are_seen_in_the_branch_and_nowhere_else(
	users: dict[str, str], make: Callable[[], Document], doctypes: tuple[str, ...]
) -> None:
	with as_user(users["Delhi"]):
		doc = make()
	colleague = make_user("colleague", "Delhi", roles=ROLES)
	for doctype in doctypes:
		made = linked_to(doc, doctype)
		assert len(made) == 1
		for user, seen in ((users["Delhi"], made), (colleague, made), (users["Mumbai"], set())):
			assert listed(user, doctype) & made == opened(user, doctype, made) == seen


def test_a_person_who_was_a_lead_s_is_the_customer_s_in_its_branch_too(users: dict[str, str]) -> None:
	with as_user(users["Delhi"]):
		first = lead()
		customer = frappe.call("erpnext.crm.doctype.lead.lead.make_customer", first.name)
		customer.update(PLACE).insert()
	person = linked_to(first, "Contact")
	assert linked_to(customer, "Contact") == person and len(person) == 1
	assert branches_of(customer) == ["Delhi"]
	assert opened(users["Delhi"], "Contact", person) == person
	assert opened(users["Mumbai"], "Contact", person) == set()


def quoted(party: Document) -> Document:
	values = {"quotation_to": party.doctype, "order_type": "Sales"}
	quotation = documents.sales("Quotation", party.name, **values)
	assert quotation.branch == "Delhi"
	return quotation


def test_whoever_orders_on_a_lead_s_quotation_becomes_a_customer_of_its_branch(users: dict[str, str]) -> None:
	with as_user(users["Delhi"]):
		party = lead()
		order = documents.make_sales_order(quoted(party).name)
		order.update({"delivery_date": order.transaction_date}).insert()
	customer = frappe.get_doc("Customer", {"lead_name": party.name})
	assert (order.customer, order.branch, branches_of(customer)) == (customer.name, "Delhi", ["Delhi"])
	assert customer.name not in listed(users["Mumbai"])


def test_a_prospect_goes_on_to_opportunity_quotation_and_customer_in_its_branch(
	users: dict[str, str],
) -> None:
	with as_user(users["Delhi"]):
		first = lead()
		first.create_prospect("Zq Prospect")
		prospect = frappe.get_doc("Prospect", "Zq Prospect")
		opportunity = opportunity_of_prospect(prospect.name)
		opportunity.insert()
		quotation = documents.make_quotation(opportunity.name)
		quotation.append("items", {"item_code": documents.ITEM, "qty": 1, "rate": 100})
		quotation.insert().submit()
		bill = invoice_of_quotation(quotation.name)
		bill.insert()
	assert branches_of(prospect) == ["Delhi"]
	assert {opportunity.branch, quotation.branch, bill.branch} == {"Delhi"}
	customer = frappe.get_doc("Customer", bill.customer)
	assert (customer.prospect_name, branches_of(customer)) == (prospect.name, ["Delhi"])
	# ERPNext looks for the customer of the prospect before it makes another one
	with as_user(users["Delhi"]):
		assert invoice_of_quotation(quotation.name).customer == customer.name


def test_an_opportunity_s_customer_belongs_to_its_branch(users: dict[str, str]) -> None:
	with as_user(users["Delhi"]):
		opportunity = documents.make_opportunity(lead().name).insert()
		customer = customer_of_opportunity(opportunity.name)
		customer.update(PLACE).insert()
	assert branches_of(customer) == ["Delhi"]


@pytest.fixture
def there() -> dict[str, Document]:
	"""A lead with its contact and a prospect of Mumbai."""
	values = {"doctype": "Prospect", "company_name": "Zq There", "company": COMPANY}
	rows = [{"branch": "Mumbai", "is_primary": 1}]
	prospect = frappe.get_doc({**values, "branches": rows}).insert()
	return {"Prospect": prospect, "Lead": documents.make_lead("Zq Foreign", branch="Mumbai")}


def test_nobody_puts_his_lead_into_a_prospect_of_another_branch(users: dict[str, str], there: dict) -> None:
	prospect = there["Prospect"]
	with as_user(users["Delhi"]):
		mine = lead()
		with pytest.raises(OutOfScopeError):
			add_lead_to_prospect(mine.name, prospect.name)
	prospect.reload()
	assert not prospect.leads


@pytest.mark.parametrize(
	"make",
	[
		lambda lead: {"doctype": "Prospect", "company_name": "Zq Here", "leads": [{"lead": lead}]},
		lambda lead: {"doctype": "Customer", "customer_name": "Zq Here", **PLACE, "lead_name": lead},
	],
	ids=["Prospect", "Customer"],
)
def test_nobody_draws_a_lead_of_another_branch_to_himself(
	users: dict[str, str], there: dict, make: Callable[[str], dict]
) -> None:
	foreign = there["Lead"]
	contact = linked_to(foreign, "Contact")
	assert contact
	values = {"company": COMPANY, "branches": [{"branch": "Delhi", "is_primary": 1}]}
	with as_user(users["Delhi"]), pytest.raises(frappe.LinkValidationError):
		frappe.get_doc({**make(foreign.name), **values}).insert()
	assert opened(users["Delhi"], "Contact", contact) == set()
	assert frappe.db.get_value("Lead", foreign.name, "status") == "Lead"


def test_a_lead_is_added_to_a_prospect_of_the_same_branch_and_its_opportunities_stay_in_theirs(
	users: dict[str, str], there: dict
) -> None:
	prospect = there["Prospect"]
	with as_user(users["Mumbai"]):
		add_lead_to_prospect(there["Lead"].name, prospect.name)
	prospect.reload()
	mine = documents.make_lead("Zq Ours", branch="Delhi")
	add_lead_to_prospect(mine.name, prospect.name)
	with as_user(users["Delhi"]):
		documents.make_opportunity(mine.name).insert()
	prospect.reload()
	assert [row.lead for row in prospect.leads] == [there["Lead"].name, mine.name]
	assert not prospect.opportunities


@pytest.fixture
def shared() -> Document:
	"""A prospect of Mumbai and Delhi."""
	rows = [{"branch": "Mumbai", "is_primary": 1, "sales_owner": "Administrator"}, {"branch": "Delhi"}]
	values = {"doctype": "Prospect", "company_name": "Zq Both", "company": COMPANY}
	return frappe.get_doc({**values, "branches": rows}).insert()


def test_who_shares_a_prospect_makes_it_a_customer_of_all_its_branches(
	users: dict[str, str], shared: Document
) -> None:
	with as_user(users["Delhi"]):
		assert opportunity_of_prospect(shared.name).insert().branch == "Delhi"
		customer = customer_of_prospect(shared.name)
		customer.update(PLACE).insert()
	assert [(row.branch, row.is_primary, row.sales_owner) for row in customer.branches] == [
		("Mumbai", 1, "Administrator"),
		("Delhi", 0, None),
	]


@pytest.mark.parametrize("change", [{"sales_owner": None}, {"branch": "Agra"}])
def test_rows_of_other_branches_go_over_as_they_are_or_not_at_all(
	users: dict[str, str], shared: Document, change: dict
) -> None:
	with as_user(users["Delhi"]):
		customer = customer_of_prospect(shared.name)
		customer.branches[0].update(change)
		with pytest.raises(OutOfScopeError):
			customer.update(PLACE).insert()
