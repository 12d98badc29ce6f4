"""Every read of statements of account: whom a run lists, to whom its mails go, and how far it has come."""

from collections import defaultdict
from collections.abc import Collection

import bleach
import frappe
from frappe.contacts.doctype.address.address import get_default_address, render_address
from frappe.utils import create_batch

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control.customer_ledger_queries import CUSTOMER
from branch_crm.credit_control.report_queries import Asked
from branch_crm.credit_control.statement_rules import Contact, recipients
from branch_crm.customer_master import category_queries

RUN, ENTRY = "Statement of Account Run", "Statement of Account Entry"
PENDING, SENT = "Pending", "Sent"
_UNSENT = ("No Address", "Failed")
_FIELDS = (
	"name",
	"customer_name",
	"language",
	"customer_primary_address",
	"customer_primary_contact",
	"email_id",
)
_BATCH = 1000


def customers(names: Collection[str]) -> dict[str, frappe._dict]:
	"""By name, those of these customers that the session's user may read."""
	found = (
		row
		for page in create_batch(sorted(names), _BATCH)
		for row in frappe.get_list(CUSTOMER, {"name": ["in", page]}, list(_FIELDS), limit_page_length=0)
	)
	return {row.name: row for row in found}


def customers_of(asked: Asked) -> list[str]:
	"""The enabled customers that fit, of the branch where one is asked for, whether they owe anything or not."""
	filters = [[CUSTOMER, "disabled", "=", 0]]
	for field, value in (("name", asked.customer), ("trade_type", asked.trade_type)):
		filters += [[CUSTOMER, field, "=", value]] if value else []
	if asked.category:
		below = sorted(category_queries.paths(asked.category))
		filters.append([CUSTOMER, "customer_category", "in", below or [""]])
	if asked.branch:
		reached = sorted(access_queries.reached_below(CUSTOMER, asked.branch))
		filters.append([access_queries.ASSIGNMENT, "branch", "in", reached or [""]])
	return frappe.get_list(CUSTOMER, filters, pluck="name", distinct=True, limit_page_length=0)


def recipients_of(rows: Collection[frappe._dict]) -> dict[str, list[str]]:
	"""By customer, given as `customers` has them, the mail addresses of a statement, of contacts that the session's user
	may read."""
	contacts = _contacts([row.name for row in rows])
	mails = _mails(
		{row.customer_primary_contact for row in rows}
		| {name for names in contacts.values() for name in names}
	)
	return {
		row.name: recipients(
			[mails[name] for name in contacts[row.name] if name in mails],
			getattr(mails.get(row.customer_primary_contact), "email", None) or row.email_id,
		)
		for row in rows
	}


def address_of(customer: frappe._dict) -> str:
	"""The customer's primary address as it is printed, HTML of lines alone: whoever writes it has no say in which files its
	reader prints. "" where there is none."""
	name = customer.customer_primary_address or get_default_address(CUSTOMER, customer.name)
	return bleach.clean(render_address(name) or "", tags=["br"], attributes={}, strip=True)


def entries_to_do(run: str) -> list[tuple[str, str]]:
	"""The entries that are not done, each with its customer."""
	pending = {"parent": run, "state": PENDING}
	return frappe.get_all(ENTRY, pending, ["name", "customer"], order_by="idx", as_list=True)


def unsent(run: str) -> list[str]:
	"""The entries that were looked at and not sent."""
	return frappe.get_all(ENTRY, {"parent": run, "state": ["in", _UNSENT]}, pluck="name")


def locked_entry(name: str) -> frappe._dict | None:
	"""The entry as it is now, kept from other workers until the end of the transaction."""
	return frappe.db.get_value(ENTRY, name, "*", as_dict=True, for_update=True)


def is_to_do(entry: frappe._dict | None) -> bool:
	"""Not where somebody has deleted the run meanwhile."""
	return bool(entry) and entry.state == PENDING


def _contacts(names: Collection[str]) -> dict[str, list[str]]:
	found = defaultdict(list)
	for page in create_batch(sorted(names), _BATCH):
		of_page = {"parenttype": "Contact", "link_doctype": CUSTOMER, "link_name": ["in", page]}
		for customer, contact in frappe.get_all(
			"Dynamic Link", of_page, ["link_name", "parent"], order_by="creation", as_list=True
		):
			found[customer].append(contact)
	return found


def _mails(names: Collection[str | None]) -> dict[str, Contact]:
	wanted = sorted(filter(None, names))
	fields = ["name", "email_id", "is_billing_contact", "is_primary_contact"]
	return {
		row.name: Contact(row.email_id, bool(row.is_billing_contact), bool(row.is_primary_contact))
		for page in create_batch(wanted, _BATCH)
		for row in frappe.get_list(
			"Contact", {"name": ["in", page], "email_id": ["is", "set"]}, fields, limit_page_length=0
		)
	}
