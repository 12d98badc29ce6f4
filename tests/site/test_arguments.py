"""Arguments that hold documents, though their names do not tell."""

import inspect

import frappe
import pytest

from tests.site.company import KEEPERS, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import Answer, call


@pytest.fixture
def user() -> str:
	make_tree()
	for name, branch in (("Zq Mine", "Delhi"), ("Zq Other", "Agra")):
		make_customer(name, branch)
	user = make_user("argued", "Delhi", roles=(*KEEPERS, "System Manager"))
	switch_on()
	return user


@pytest.mark.parametrize(
	("command", "doctype", "argument"),
	[
		("frappe.contacts.doctype.address.address.get_address_display", "Address", "address_dict"),
		("frappe.desk.form.utils.update_comment", "Comment", "name"),
		("frappe.desk.form.utils.update_comment_publicity", "Comment", "name"),
		("frappe.email.inbox.create_email_flag_queue", "Communication", "names"),
	],
)
def test_what_arguments_hold_whose_names_do_not_tell(
	user: str, command: str, doctype: str, argument: str
) -> None:
	def sent(name: str) -> Answer:
		value = [name] if argument == "names" else name
		more = {"content": "-", "publish": 0, "action": "Read"}
		taken = inspect.signature(frappe.get_attr(command)).parameters
		return call(user, command, **{argument: value}, **{key: more[key] for key in more if key in taken})

	assert sent(_hung(doctype, "Zq Other")).text == sent("Nobody").text.replace(
		"Nobody", _hung(doctype, "Zq Other")
	)
	assert sent(_hung(doctype, "Zq Mine")).status != 404


def _hung(doctype: str, customer: str) -> str:
	"""The name of the document of `doctype` that hangs on the customer."""
	reference = {"reference_doctype": "Customer", "reference_name": customer}
	if doctype == "Address":
		address = {"address_title": customer, "address_line1": "1", "city": "X", "address_type": "Billing"}
		link = {"link_doctype": "Customer", "link_name": customer}
		found = frappe.db.exists("Address", {"address_title": customer})
		return (
			found
			or frappe.get_doc({"doctype": doctype, **address, "country": "India", "links": [link]})
			.insert()
			.name
		)
	if found := frappe.db.exists(doctype, reference):
		return found
	kind = (
		{"comment_type": "Comment", "content": "-"}
		if doctype == "Comment"
		else {"subject": "-", "content": "-"}
	)
	return frappe.get_doc({"doctype": doctype, **reference, **kind}).insert(ignore_permissions=True).name
