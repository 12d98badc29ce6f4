"""What the form of a document proposes before it is saved, and which branches its link field offers."""

import frappe
import pytest

from branch_crm.branch_access import document_api
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.company import as_user, make_branch, make_customer, make_tree, make_user, switch_on

SELLER = ("Sales User", "Sales Manager")


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	documents.make_item()
	switch_on()


def draft(**values) -> dict:
	return {
		"doctype": "Sales Order",
		"name": "new-sales-order-1",
		"__islocal": 1,
		"company": COMPANY,
		**values,
	}


def make_company(name: str = "Other") -> str:
	company = {"doctype": "Company", "company_name": name, "abbr": "OTH", "country": "India"}
	return frappe.get_doc({**company, "default_currency": "INR"}).insert().name


def offered(company: str = COMPANY, txt: str = "") -> set[str]:
	"""What the desk's link field on an order offers, by the very request that it sends."""
	filters = {"dimension": "branch", "account": None, "company": company}
	query = "erpnext.controllers.queries.get_filtered_dimensions"
	return set(search_link("Branch", txt, query=query, filters=frappe.as_json(filters)))


def search_link(doctype: str, txt: str, **arguments) -> list[str]:
	"""As Frappe calls the method of a request, which names its command among the arguments."""
	command = "frappe.desk.search.search_link"
	method = frappe.get_attr(frappe.override_whitelisted_method(command))
	sent = {"cmd": command, "doctype": doctype, "txt": txt, "page_length": "10", **arguments}
	return [row["value"] for row in frappe.call(method, **sent)]


def test_the_form_proposes_what_saving_would_give() -> None:
	make_customer("Both", "Mumbai", "Delhi")
	with as_user(make_user("delhi", "Delhi", roles=SELLER)):
		assert document_api.proposed_branch(draft(customer="Both")) == "Delhi"
	with as_user(make_user("head", roles=(*SELLER, "Branch Head Office"))):
		assert document_api.proposed_branch(draft(customer="Both")) == "Mumbai"


def test_nothing_is_proposed_for_what_the_user_does_not_reach_or_what_is_not_there() -> None:
	make_customer("Theirs", "Mumbai")
	with as_user(make_user("delhi", "Delhi", roles=SELLER)):
		for customer in ("Theirs", "Nobody at all"):
			assert document_api.proposed_branch(draft(customer=customer)) is None


def test_who_may_not_make_a_document_is_told_nothing_about_it() -> None:
	with as_user(make_user("plain", "Delhi", roles=("Employee",))):
		for ask in (document_api.proposed_branch, document_api.branch_defaults):
			with pytest.raises(frappe.PermissionError):
				ask(draft(branch="Delhi"))


def test_a_branch_brings_its_values_and_the_form_knows_which_ones_give_way() -> None:
	center = frappe.db.get_value("Cost Center", {"company": COMPANY, "is_group": 0})
	frappe.get_doc("Branch", "Delhi").update(
		{
			"company": COMPANY,
			"cost_center": center,
			"naming_series": [{"document_type": "Sales Order", "naming_series": "DEL-SO-.####"}],
		}
	).save()
	with as_user(make_user("delhi", "Delhi", roles=SELLER)):
		answer = document_api.branch_defaults(draft(branch="Delhi"))
	assert answer["values"] == {"cost_center": center, "naming_series": "DEL-SO-.####"}
	usual = frappe.get_meta("Sales Order").get_field("naming_series").options.split("\n")[0]
	assert answer["usual"]["naming_series"] == [usual]
	assert frappe.get_cached_value("Company", COMPANY, "cost_center") in answer["usual"]["cost_center"]


def test_a_branch_that_the_user_does_not_reach_brings_nothing() -> None:
	frappe.get_doc("Branch", "Mumbai").update(
		{"naming_series": [{"document_type": "Sales Order", "naming_series": "MUM-.####"}]}
	).save()
	with as_user(make_user("delhi", "Delhi", roles=SELLER)):
		for branch in ("Mumbai", "Nowhere", None):
			assert document_api.branch_defaults(draft(branch=branch)) == {"values": {}, "usual": {}}


def test_the_link_field_offers_branches_of_the_company_and_of_all_companies() -> None:
	other = make_company()
	make_branch("Delhi All", "North", company="")
	make_branch("Delhi Other", "North", company=other)
	make_branch("Delhi Closed", "North", enabled=0)
	assert offered(txt="Delhi") == {"Delhi", "Delhi All"}
	assert offered(other, "Delhi") == {"Delhi All", "Delhi Other"}


def test_the_link_field_offers_a_user_his_own_branches() -> None:
	with as_user(make_user("delhi", "Delhi", roles=SELLER)):
		assert offered() == {"Delhi"}


def test_erpnext_s_dimension_filters_still_count() -> None:
	account = documents.account("Cash")
	rule = {"doctype": "Accounting Dimension Filter", "accounting_dimension": "Branch", "company": COMPANY}
	frappe.get_doc(
		{
			**rule,
			"allow_or_restrict": "Allow",
			"accounts": [{"applicable_on_account": account}],
			"dimensions": [{"accounting_dimension": "Branch", "dimension_value": "Agra"}],
		}
	).insert()
	filters = {"dimension": "branch", "account": account, "company": COMPANY}
	found = document_api.search_branches_of_dimension("Branch", "", "name", 0, 20, filters)
	assert [row[0] for row in found] == ["Agra"]


def test_the_desk_knows_who_has_to_choose_a_branch() -> None:
	told = {}
	for name, branches, roles in (
		("delhi", ["Delhi"], SELLER),
		("head", [], (*SELLER, "Branch Head Office")),
	):
		with as_user(make_user(name, *branches, roles=roles)):
			boot: dict = {}
			document_api.tell_desk(boot)
			told[name] = boot["is_branch_required"]
	assert told == {"delhi": True, "head": False}
	assert boot["branch_field"] == "branch"
	assert "Sales Order" in boot["branch_doctypes"]


def test_other_link_fields_are_frappe_s() -> None:
	make_customer("Findable", "Delhi")
	assert search_link("Customer", "Findable") == ["Findable"]
