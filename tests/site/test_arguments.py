"""Arguments that hold documents, though their names do not tell."""

import inspect

import frappe
import pytest

from branch_crm.branch_access import guard_methods, guard_queries, guard_requests, registry
from branch_crm.demo.records import COMPANY
from tests.site.company import KEEPERS, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import Answer, call
from tests.site.leak import paths

# arguments that only look as if they held the name of a document
_NO_NAMES = {
	"branch_crm.branch_access.own_changes_api.create_duplicate_project project_name",
	"erpnext.assets.doctype.asset.asset.create_asset_capitalization asset_name",
	"erpnext.assets.doctype.asset.asset.create_asset_repair asset_name",
	"erpnext.projects.doctype.project.project.create_duplicate_project project_name",
	"frappe.core.api.file.create_new_folder file_name",
	"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs task_id",
	"frappe.push_notification.subscribe project_name",
	"frappe.push_notification.unsubscribe project_name",
}


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


def test_every_argument_that_may_be_the_name_of_a_document_is_declared() -> None:
	paths.import_everything()
	judged = {frappe.scrub(doctype) for doctype in registry.judged_doctypes()}
	open_functions = {
		path: function
		for function in frappe.whitelisted
		if guard_methods.method(path := guard_requests.path_of(function)).policy
		is not guard_methods.Policy.CLOSED
	}
	looks_like_one = {
		f"{path} {parameter}"
		for path, function in open_functions.items()
		for parameter in inspect.signature(function).parameters
		for ending in ("_name", "_id", "_no")
		if parameter.endswith(ending) and parameter.removesuffix(ending) in judged
		if parameter not in {key.rpartition(".")[2] for key in _declared(path)}
	}
	assert looks_like_one == _NO_NAMES


def _declared(path: str) -> set[str]:
	catalogue = guard_queries.catalogue(path, guard_methods.method(path).arguments)
	return {*catalogue.by_key, *catalogue.declared}


def test_the_address_of_a_company_is_for_everybody(user: str) -> None:
	address = make_address("Zq Company", ("Company", COMPANY))
	shown = call(user, "frappe.contacts.doctype.address.address.get_address_display", address_dict=address)
	assert "Zq Company" in shown.message


def _hung(doctype: str, customer: str) -> str:
	"""The name of the document of `doctype` that hangs on the customer."""
	reference = {"reference_doctype": "Customer", "reference_name": customer}
	found = frappe.db.exists(doctype, {"address_title": customer} if doctype == "Address" else reference)
	if found:
		return found
	if doctype == "Address":
		return make_address(customer, ("Customer", customer))
	kind = {"comment_type": "Comment"} if doctype == "Comment" else {"subject": "-"}
	return frappe.get_doc({"doctype": doctype, **reference, **kind, "content": "-"}).insert().name


def make_address(title: str, link: tuple[str, str]) -> str:
	address = {"doctype": "Address", "address_title": title, "address_type": "Billing", "country": "India"}
	address |= {"address_line1": f"{title} street", "city": "X"}
	links = [{"link_doctype": link[0], "link_name": link[1]}]
	return frappe.get_doc({**address, "links": links}).insert().name
