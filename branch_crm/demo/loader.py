"""Writes the demo company to a site and takes it away again. Both can be repeated."""

import frappe
from frappe import _
from frappe.utils import add_days, getdate

from branch_crm.branch_access import api, jobs, queries, registry, team_queries
from branch_crm.customer_master import deletion_queries
from branch_crm.demo import (
	category_records,
	credit_loader,
	documents,
	netting_loader,
	price_loader,
	records,
	removal,
	sales_loader,
	sales_records,
	service_loader,
	statutory_records,
	stock_loader,
)

LOADED = "branch_crm_demo"
DOCUMENTS_LOADED = "branch_crm_demo_documents"


def load() -> None:
	"""Insert what is missing of the demo company and switch scope on.

	Raises ValidationError on a site that has branches, customers or a scope of its own.
	"""
	_refuse_a_company_s_own_site()
	frappe.db.set_default(LOADED, "1")
	for branch in records.BRANCHES:
		_insert_branch(branch)
	for user in records.USERS:
		_insert_user(user)
	for branch in records.BRANCHES:
		_complete_team(branch)
	for category in category_records.CATEGORIES:
		_insert_category(category)
	for customer in records.CUSTOMERS:
		_insert_customer(customer)
	jobs.count_members()
	if not queries.is_enforced():
		api.activate(dry_run=False, unassigned_visible_to="Head Office")
	# once: documents have no names by which to know them again
	if not frappe.db.get_default(DOCUMENTS_LOADED) and frappe.db.exists("Company", records.COMPANY):
		_load_documents()
		frappe.db.set_default(DOCUMENTS_LOADED, "1")


@deletion_queries.permitted()
def remove() -> None:
	"""Delete what `load` inserted and nothing else; scope is switched off. Where it was not loaded nothing happens."""
	if not frappe.db.get_default(LOADED):
		return
	if queries.is_enforced():
		api.deactivate()
	removal.remove_documents()
	credit_loader.remove_credit()
	price_loader.remove_prices()
	places = removal.places()
	for customer in records.CUSTOMERS:
		for doctype, name in _of_customer(customer):
			frappe.delete_doc_if_exists(doctype, name, force=True)
		frappe.delete_doc_if_exists("Customer", customer.name, force=True)
	removal.remove_categories()
	for user in records.USERS:
		for name in frappe.get_all("User Permission", {"user": user.email}, pluck="name"):
			frappe.delete_doc("User Permission", name, force=True)
		for name in frappe.get_all("Contact", {"user": user.email}, pluck="name"):
			frappe.delete_doc("Contact", name, force=True)
		frappe.delete_doc_if_exists("User", user.email, force=True)
	removal.remove_goods()
	for branch in reversed(records.BRANCHES):
		frappe.delete_doc_if_exists("Branch", branch.name, force=True)
	for doctype, name in places:
		frappe.delete_doc(doctype, name, force=True)
	for key in (LOADED, DOCUMENTS_LOADED):
		frappe.db.set_default(key, None)
	jobs.count_members()


def _refuse_a_company_s_own_site() -> None:
	if frappe.db.get_default(LOADED):
		return
	customers = {"name": ["not in", sorted(registry.always_visible("Customer"))]}
	if queries.is_enforced() or frappe.db.count("Branch") or frappe.db.count("Customer", customers):
		frappe.throw(
			_("The demo company is for a site of its own; this one has branches or customers already."),
			title=_("Demo Company"),
		)


def _load_documents() -> None:
	"""What the demo's people did in the last months; the app gives each document its branch."""
	stock_loader.load_places()
	stock_loader.load_goods()
	price_loader.load_prices()
	stock_loader.load_stock()
	for lead in sales_records.LEADS:
		sales_loader.load_lead(lead)
	for deal in sales_records.DEALS:
		sales_loader.load_deal(deal)
	for sale in sales_records.COUNTER_SALES:
		sales_loader.load_counter_sale(sale)
	netting_loader.load_pair()
	service_loader.load_issues()
	service_loader.load_work()
	credit_loader.load_credit()


def _insert_branch(branch: records.DemoBranch) -> None:
	if frappe.db.exists("Branch", branch.name):
		return
	company = records.COMPANY if frappe.db.exists("Company", records.COMPANY) else None
	frappe.get_doc(
		{
			"doctype": "Branch",
			"branch": branch.name,
			"parent_branch": branch.parent,
			"is_group": int(branch.is_group),
			"branch_code": branch.code,
			"company": company,
			"pin_codes": [dict(zip(("first", "last"), branch.pin_codes, strict=True))]
			if branch.pin_codes
			else [],
		}
	).insert()


def _insert_user(user: records.DemoUser) -> None:
	if not frappe.db.exists("User", user.email):
		frappe.get_doc(
			{
				"doctype": "User",
				"email": user.email,
				"first_name": user.full_name,
				"send_welcome_email": 0,
				"new_password": records.PASSWORD,
				"roles": [{"role": role} for role in user.roles],
			}
		).insert()
	# an older demo company knew fewer roles
	if missing := set(user.roles).difference(frappe.get_roles(user.email)):
		frappe.get_doc("User", user.email).add_roles(*missing)
	for branch in user.branches if user.is_by_hand else ():
		values = {"user": user.email, "allow": "Branch", "for_value": branch}
		if not frappe.db.exists("User Permission", values):
			permission = {"doctype": "User Permission", "is_default": int(branch == user.default)}
			frappe.get_doc(permission | values).insert()


def _complete_team(branch: records.DemoBranch) -> None:
	doc = frappe.get_doc("Branch", branch.name)
	present = {row.user for row in doc.team}
	rows = [row for user in records.USERS for row in user.team_rows if row.branch == branch.name]
	missing = [row for row in rows if row.user not in present]
	for row in missing:
		doc.append("team", team_queries.values_of(row))
	if missing:
		doc.save()


def _insert_category(category: category_records.DemoCategory) -> None:
	if not frappe.db.exists("Customer Category", category.name):
		values = {"customer_category_name": category.name, "parent_customer_category": category.parent}
		values["is_group"] = int(category.is_group)
		frappe.get_doc({"doctype": "Customer Category", **values}).insert()


def _insert_customer(customer: records.DemoCustomer) -> None:
	if frappe.db.exists("Customer", customer.name):
		return
	doc = frappe.get_doc(
		{
			"doctype": "Customer",
			"customer_name": customer.name,
			"customer_type": "Company",
			"customer_group": "Commercial" if frappe.db.exists("Customer Group", "Commercial") else None,
			"territory": "India" if frappe.db.exists("Territory", "India") else None,
			"branches": [vars(assignment) for assignment in customer.assignments],
			"country": "India",
			"trade_type": category_records.trade_type_of(customer),
			"customer_category": category_records.category_of(customer),
			**statutory_records.numbers_of(customer),
		}
	).insert(set_name=customer.name)
	documents.backdate(doc, add_days(getdate(), -customer.days_ago))
	link = [{"link_doctype": "Customer", "link_name": doc.name}]
	frappe.get_doc({"doctype": "Contact", "first_name": customer.contact, "links": link}).insert()
	frappe.get_doc(
		{
			"doctype": "Address",
			"address_title": customer.name,
			"address_line1": "1 Market Road",
			"city": customer.assignments[0].branch,
			"pincode": customer.pin_code,
			"state": statutory_records.state_of(customer),
			"country": "India",
			"links": link,
		}
	).insert()


def _of_customer(customer: records.DemoCustomer) -> list[tuple[str, str]]:
	filters = {
		"link_doctype": "Customer",
		"link_name": customer.name,
		"parenttype": ["in", ["Contact", "Address"]],
	}
	linked = frappe.get_all("Dynamic Link", filters, ["parenttype", "parent"], as_list=True)
	granted = frappe.get_all("Credit Profile", {"party": customer.name}, pluck="name")
	return [*linked, *(("Credit Profile", name) for name in granted)]
