"""People of the website and what they ask of it, for the tests."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import frappe
from frappe.permissions import setup_custom_perms
from frappe.website import serve
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from tests.site.company import as_user, make_customer, make_tree, make_user
from tests.site.documents import sales
from tests.site.http_requests import Answer

ORDER = "Sales Order"
# what some companies let their customers do over REST
RIGHTS = (ORDER, "Quotation", "Sales Invoice", "Issue", "Project", "Task", "Customer", "Address", "Contact")
RIGHTS += ("Journal Entry", "Comment", "Material Request")


@dataclass
class Portal:
	"""A customer's website user; a document of each kind of his, of another branch than his customer, and of
	somebody else's."""

	buyer: str
	own: dict[str, str] = field(default_factory=dict)
	foreign: dict[str, str] = field(default_factory=dict)


def make_portal() -> Portal:
	make_tree()
	make_customer("Own", "Delhi", "Mumbai")
	make_customer("Foreign", "Delhi")
	made = Portal(make_portal_user("buyer", ("Customer", "Own")))
	for documents, customer, branch in ((made.own, "Own", "Mumbai"), (made.foreign, "Foreign", "Delhi")):
		documents.update({"Customer": customer, ORDER: sales(ORDER, customer, branch=branch).name})
	return made


def make_more(portal: Portal) -> None:
	"""A document of each further kind."""
	for documents, customer, branch in ((portal.own, "Own", "Mumbai"), (portal.foreign, "Foreign", "Delhi")):
		for doctype in ("Quotation", "Sales Invoice", "Delivery Note"):
			documents[doctype] = sales(doctype, customer, branch=branch).name
		for doctype, values in {
			"Project": {"project_name": f"Project {customer}", "customer": customer},
			"Issue": {"subject": f"Issue {customer}", "customer": customer},
			"Address": {
				"address_title": customer,
				"address_line1": "1 Road",
				"city": branch,
				"country": "India",
				"links": [{"link_doctype": "Customer", "link_name": customer}],
			},
		}.items():
			documents[doctype] = (
				frappe.get_doc({"doctype": doctype, "branch": branch, **values}).insert().name
			)
		task = {"doctype": "Task", "subject": customer, "project": documents["Project"], "branch": branch}
		documents["Task"] = frappe.get_doc(task).insert().name


def rights_of_customers() -> Iterator[None]:
	for doctype in RIGHTS:
		setup_custom_perms(doctype)
		rights = dict.fromkeys(("read", "write", "create", "delete", "report", "print"), 1)
		rights["submit"] = frappe.get_meta(doctype).is_submittable
		of_role = {
			"parent": doctype,
			"parenttype": "DocType",
			"parentfield": "permissions",
			"role": "Customer",
		}
		frappe.get_doc({"doctype": "Custom DocPerm", **of_role, **rights}).insert()
		frappe.clear_cache(doctype=doctype)
	yield
	# the shape of DocTypes is kept in Redis, which does not roll back
	frappe.db.rollback()
	for doctype in RIGHTS:
		frappe.clear_cache(doctype=doctype)


def is_not_there(answer: Answer, name: str) -> bool:
	"""Whether the answer is that for a document that does not exist."""
	return answer.status == 404 and answer.text.replace(name, "…").count("not found") > 0


def make_portal_user(name: str, *parties: tuple[str, str], roles: tuple[str, ...] = ("Customer",)) -> str:
	"""A website user who is the contact of these parties (DocType, name), and among their portal users."""
	user = make_user(name, roles=roles)
	assert frappe.db.get_value("User", user, "user_type") == "Website User"
	make_contact_of(user, *parties)
	for doctype, party in parties:
		if doctype != "Lead":
			add_to_portal(user, doctype, party)
	return user


def make_contact_of(user: str, *parties: tuple[str, str], by_mail: bool = False) -> str:
	"""The contact of a user: by his account, or only by his address."""
	rows = [{"link_doctype": doctype, "link_name": party} for doctype, party in parties]
	doc = frappe.get_doc({"doctype": "Contact", "first_name": user, "links": rows})
	if by_mail:
		doc.append("email_ids", {"email_id": user, "is_primary": 1})
	else:
		doc.user = user
	return doc.insert().name


def add_to_portal(user: str, doctype: str, party: str) -> None:
	doc = frappe.get_doc(doctype, party)
	doc.append("portal_users", {"user": user})
	doc.save()


def page(user: str, path: str, /, **query) -> Answer:
	"""A page of the website. What a refused request did is rolled back."""
	# a page with a print commits its log, but for a test that posts
	built = EnvironBuilder(path=path, method="POST", base_url="http://site.test", query_string=query)
	request = Request(built.get_environ())
	frappe.db.savepoint("page")
	frappe.local.response = frappe._dict(docs=[])
	frappe.local.message_log = []
	with as_user(user):
		before = getattr(frappe.local, "request", None), frappe.local.form_dict
		frappe.local.request, frappe.local.form_dict = request, frappe._dict(query)
		frappe.local.no_cache = 1
		frappe.flags.in_test = True
		try:
			answer = serve.get_response(path)
		finally:
			frappe.flags.in_test = False
			frappe.local.request, frappe.local.form_dict = before
	if answer.status_code >= 400:
		frappe.db.rollback(save_point="page")
	text = answer.get_data(as_text=True)
	refusal = None
	if answer.status_code != 200:
		refusal = frappe.ValidationError(text)
		refusal.http_status_code = answer.status_code
	return Answer(text, refusal)
