"""From lead to customer, contacts and addresses included: everything stays with the people of its branch."""

import frappe
import pytest
from erpnext.crm.doctype.lead.lead import make_opportunity, make_quotation
from erpnext.crm.doctype.opportunity.opportunity import make_customer as customer_of_opportunity
from erpnext.crm.doctype.opportunity.opportunity import make_quotation as quotation_of_opportunity
from erpnext.crm.doctype.opportunity.opportunity import make_supplier_quotation
from erpnext.crm.doctype.prospect.prospect import make_customer as customer_of_prospect
from erpnext.crm.doctype.prospect.prospect import make_opportunity as opportunity_of_prospect
from erpnext.selling.doctype.quotation.quotation import make_sales_order
from frappe.model.document import Document
from frappe.utils import nowdate

from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import as_user, found, listed, make_tree, make_user, opened, switch_on

ROLES = ("Sales User", "Sales Manager", "Sales Master Manager", "Purchase User", "Purchase Manager")
ROLES += ("Purchase Master Manager",)
PLACE = {"address_line1": "1 High Street", "city": "Delhi", "country": "India"}


@pytest.fixture(autouse=True)
def people() -> dict[str, str]:
	"""One in Delhi, one in Mumbai, one in both without a default."""
	make_tree()
	documents.make_item()
	users = {name: make_user(name.lower(), name, roles=ROLES) for name in ("Delhi", "Mumbai")}
	users["both"] = make_user("both", "Delhi", "Mumbai", roles=ROLES)
	switch_on()
	return users


def linked(*parties: Document) -> set[tuple[str, str]]:
	"""The contacts and addresses of these."""
	names = ["in", [party.name for party in parties]]
	rows = frappe.get_all("Dynamic Link", {"link_name": names}, ["parenttype", "parent"])
	return {(row.parenttype, row.parent) for row in rows}


def assert_only_seen_in_delhi(people: dict[str, str], doctype: str, *names: str) -> None:
	assert names
	for user, seen in (("Delhi", set(names)), ("both", set(names)), ("Mumbai", set())):
		assert listed(people[user], doctype) & set(names) == seen, (user, doctype)
		assert opened(people[user], doctype, set(names)) == seen, (user, doctype)
		offered = {name for name in names if name in found(people[user], name, doctype)}
		assert offered == seen, (user, doctype)


def person(**values) -> dict:
	return {"email_id": "some.one@party.example", "mobile_no": "9999900001", **values}


@pytest.mark.parametrize(
	"values",
	[
		{
			"doctype": "Customer",
			"customer_name": "Quick",
			"customer_group": "Commercial",
			"territory": "India",
		},
		{"doctype": "Supplier", "supplier_name": "Quick", "supplier_group": "Services"},
	],
	ids=["customer", "supplier"],
)
def test_what_quick_entry_makes_is_seen_in_its_branch_only(people: dict[str, str], values: dict) -> None:
	with as_user(people["Delhi"]):
		party = frappe.get_doc({**values, **person(**PLACE)}).insert()
	made = linked(party)
	assert {doctype for doctype, _name in made} == {"Contact", "Address"}
	for doctype, name in made:
		assert_only_seen_in_delhi(people, doctype, name)


def test_the_contact_of_a_lead_is_seen_in_its_branch_only(people: dict[str, str]) -> None:
	with as_user(people["Delhi"]):
		lead = documents.make_lead(mobile_no="9999900002")
	made = linked(lead)
	assert {doctype for doctype, _name in made} == {"Contact"}
	assert_only_seen_in_delhi(people, *made.pop())


def test_who_has_several_branches_makes_a_lead_with_its_contact(people: dict[str, str]) -> None:
	with as_user(people["both"]):
		lead = documents.make_lead(branch="Delhi", mobile_no="9999900002")
	assert_only_seen_in_delhi(people, *linked(lead).pop())


def sell(lead: Document) -> tuple[Document, Document]:
	"""A quotation to the lead, ordered; the customer is made on the way."""
	quotation = make_quotation(lead.name)
	quotation.append("items", {"item_code": documents.ITEM, "qty": 1, "rate": 50})
	quotation.update({"company": COMPANY}).insert().submit()
	order = make_sales_order(quotation.name)
	order.update({"delivery_date": nowdate()}).insert().submit()
	return quotation, order


def test_an_order_of_a_lead_makes_a_customer_of_its_branch(people: dict[str, str]) -> None:
	"""With the lead's contact and address, which Mumbai still does not see."""
	for default in ("customer_group", "territory"):
		frappe.db.set_single_value(
			"Selling Settings", default, {"territory": "India"}.get(default, "Commercial")
		)
	with as_user(people["Delhi"]):
		lead = documents.make_lead()
		place = {"doctype": "Address", "address_title": "Lead", "address_type": "Billing", **PLACE}
		frappe.get_doc({**place, "links": [{"link_doctype": "Lead", "link_name": lead.name}]}).insert()
		quotation, order = sell(lead)
	customer = frappe.get_doc("Customer", order.customer)
	assert (customer.lead_name, [row.branch for row in customer.branches]) == (lead.name, ["Delhi"])
	assert (quotation.branch, order.branch) == ("Delhi", "Delhi")
	made = linked(customer)
	assert {doctype for doctype, _name in made} == {"Contact", "Address"}
	for doctype, name in (*made, ("Customer", customer.name)):
		assert_only_seen_in_delhi(people, doctype, name)


def test_an_opportunity_leads_to_customer_quotation_and_supplier_of_its_branch(
	people: dict[str, str],
) -> None:
	with as_user(people["Delhi"]):
		lead = documents.make_lead()
		opportunity = make_opportunity(lead.name).insert()
		customer = customer_of_opportunity(opportunity.name)
		customer.update({"customer_group": "Commercial", "territory": "India"}).insert()
		quotation = quotation_of_opportunity(opportunity.name)
		quotation.append("items", {"item_code": documents.ITEM, "qty": 1, "rate": 50})
		quotation.insert().submit()
	offer = make_supplier_quotation(opportunity.name)
	assert (opportunity.branch, quotation.branch, offer.branch) == ("Delhi", "Delhi", "Delhi")
	assert [row.branch for row in customer.branches] == ["Delhi"]


def test_a_prospect_leads_to_opportunities_and_a_customer_of_its_branches(people: dict[str, str]) -> None:
	with as_user(people["Delhi"]):
		lead = documents.make_lead()
		lead.create_prospect("Some Prospect")
		prospect = frappe.get_doc("Prospect", "Some Prospect")
		opportunity = opportunity_of_prospect(prospect.name).insert()
		customer = customer_of_prospect(prospect.name)
		customer.update({"customer_group": "Commercial", "territory": "India"}).insert()
	assert [row.branch for row in prospect.branches] == ["Delhi"]
	assert opportunity.branch == "Delhi"
	assert [row.branch for row in customer.branches] == ["Delhi"]
	for doctype, name in {*linked(prospect), ("Prospect", prospect.name), ("Opportunity", opportunity.name)}:
		assert_only_seen_in_delhi(people, doctype, name)


def test_a_lead_s_contact_that_becomes_a_customer_s_of_two_branches_is_seen_in_both(
	people: dict[str, str],
) -> None:
	with as_user(people["Delhi"]):
		lead = documents.make_lead()
	customer = {"doctype": "Customer", "customer_name": "Grown", "customer_group": "Commercial"}
	rows = [{"branch": "Mumbai", "is_primary": 1}]
	frappe.get_doc({**customer, "territory": "India", "lead_name": lead.name, "branches": rows}).insert()
	doctype, contact = linked(lead).pop()
	for user in people.values():
		assert opened(user, doctype, {contact}) == {contact}
