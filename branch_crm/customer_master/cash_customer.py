"""The CASH customer: made as soon as a company exists, and the site's own from then on."""

import frappe

from branch_crm.branch_access import queries
from branch_crm.customer_master import cash_queries, code_queries
from branch_crm.customer_master.cash_queries import FIELD, SETTINGS
from branch_crm.customer_master.cash_rules import CODE


def make() -> None:
	"""Take the customer that is called CASH already, or make one; once, and only where there is a company."""
	if not cash_queries.is_missing():
		return
	if name := cash_queries.adoptable():
		_choose(name)
		_give_code(name)
	else:
		_insert()
	queries.set_unassigned_flags("Customer")


def _insert() -> None:
	label = cash_queries.free_label()
	# first, so that it gets no branch
	_choose(label)
	values = {"customer_name": label, "customer_code": label, "customer_type": "Individual"}
	values |= {"customer_group": cash_queries.usual("Customer Group")}
	values |= {"territory": cash_queries.usual("Territory")}
	doc = frappe.get_doc({"doctype": "Customer", **values})
	# whoever makes a company has it made, by the app's own rule
	doc.insert(ignore_permissions=True, ignore_mandatory=True, set_name=label)


def _choose(name: str) -> None:
	frappe.db.set_single_value(SETTINGS, FIELD, name)
	queries.forget_scopes()


def _give_code(name: str) -> None:
	"""One that it has is lasting."""
	if frappe.db.get_value("Customer", name, "customer_code") or code_queries.is_taken(CODE, name):
		return
	frappe.db.set_value("Customer", name, "customer_code", CODE, update_modified=False)
