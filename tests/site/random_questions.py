"""What random people ask of a random document, each question by every route that answers it."""

from collections.abc import Callable

import frappe

from tests.site.http_requests import Answer, call, send

# user, DocType and name to what comes back
Questions = Callable[[str, str, str], list[Answer]]
BRANCHES = ("Delhi", "Agra", "Mumbai")
REPORTS = (
	"Addresses And Contacts",
	"Sales Order Analysis",
	"Customer Acquisition and Loyalty",
	"Sales Register",
)
_LIKE = ["like", "zq%"]
_CHILDREN = "frappe.desk.treeview.get_children"


def lists(user: str, doctype: str, name: str) -> list[Answer]:
	everything = {"doctype": doctype, "fields": ["*"], "limit_page_length": 100}
	search = {"doctype": doctype, "txt": "zq", "ignore_user_permissions": 1}
	return [
		send(user, "GET", f"/api/resource/{doctype}", fields=["*"], limit_page_length=100),
		send(user, "GET", f"/api/v2/document/{doctype}", fields=["*"]),
		call(user, "frappe.client.get_list", **everything),
		call(user, "frappe.desk.reportview.get", **everything, start=0, page_length=100),
		call(user, "frappe.desk.search.search_link", **search),
		call(user, "frappe.utils.global_search.search", text="zq"),
	]


def reads(user: str, doctype: str, name: str) -> list[Answer]:
	named = {"doctype": doctype, "name": name}
	return [
		send(user, "GET", f"/api/resource/{doctype}/{name}"),
		call(user, "frappe.client.get", **named),
		call(user, "frappe.client.get_value", doctype=doctype, filters=name, fieldname=["*"]),
		call(user, "frappe.desk.form.load.getdoc", **named),
		call(user, "frappe.desk.form.load.get_docinfo", **named),
		call(user, "frappe.www.printview.get_html_and_style", doc=doctype, name=name),
		call(user, "frappe.desk.notifications.get_open_count", **named),
	]


def attached(user: str, doctype: str, name: str) -> list[Answer]:
	return [
		call(user, "frappe.client.get_list", doctype=kind, fields=["*"], limit_page_length=100)
		for kind in ("Comment", "ToDo", "Version", "Dynamic Link")
	] + [
		call(
			user,
			"frappe.client.get_list",
			doctype="Branch Assignment",
			parent="Customer",
			fields=["*"],
			limit_page_length=100,
		)
	]


def changes(user: str, doctype: str, name: str) -> list[Answer]:
	named = {"doctype": doctype, "name": name}
	assigned = {"assign_to": [user], "doctype": doctype, "name": name}
	shared = {"doctype": doctype, "name": name, "user": "Administrator", "read": 1}
	said = {"reference_doctype": doctype, "reference_name": name, "content": "said", "comment_by": user}
	return [
		send(user, "PUT", f"/api/resource/{doctype}/{name}", language="en"),
		call(user, "frappe.client.set_value", **named, fieldname="language", value="en"),
		call(user, "frappe.desk.form.utils.add_comment", **said, comment_email=user),
		call(user, "frappe.desk.form.assign_to.add", **assigned),
		call(user, "frappe.share.add", **shared),
		call(user, "frappe.desk.doctype.tag.tag.add_tag", tag="Zq", dt=doctype, dn=name),
		call(user, "frappe.desk.like.toggle_like", **named, add="Yes"),
	]


def goes_on(user: str, doctype: str, name: str) -> list[Answer]:
	mappers = {
		"Sales Order": "erpnext.selling.doctype.sales_order.sales_order.make_sales_invoice",
		"Customer": "erpnext.selling.doctype.customer.customer.make_quotation",
	}
	mapped = [call(user, mappers[doctype], source_name=name)] if doctype in mappers else []
	details = {"party": name, "party_type": "Customer", "doctype": "Sales Order"}
	return [*mapped, call(user, "erpnext.accounts.party.get_party_details", **details)]


def reports(user: str, doctype: str, name: str) -> list[Answer]:
	asked = {
		"company": frappe.db.get_value("Company", {}),
		"from_date": "2020-01-01",
		"to_date": "2030-12-31",
	}
	asked |= {"reference_doctype": "Customer", "view_type": "Monthly"}
	return [
		call(user, "frappe.desk.query_report.run", report_name=report, filters=asked) for report in REPORTS
	]


def grabs(user: str, doctype: str, name: str) -> list[Answer]:
	"""Attempts to reach more."""
	permission = {"doctype": "User Permission", "user": user, "allow": "Branch", "for_value": "HO"}
	team = {"doctype": "Branch Team Member", "parent": "HO", "parenttype": "Branch", "parentfield": "team"}
	row = {"doctype": "Branch Assignment", "parent": name, "parenttype": doctype, "parentfield": "branches"}
	return [
		call(user, "frappe.client.insert", doc=permission),
		call(user, "frappe.client.insert", doc={**team, "user": user, "function": "Manager"}),
		*(call(user, "frappe.client.insert", doc={**row, "branch": branch}) for branch in BRANCHES),
		call(user, "frappe.client.set_value", doctype=doctype, name=name, fieldname="branch", value="Delhi"),
		call(
			user,
			"frappe.client.set_value",
			doctype="Branch",
			name="HO",
			fieldname="parent_branch",
			value="Delhi",
		),
	]


def views(user: str, doctype: str, name: str) -> list[Answer]:
	counted = {"current_filters": [], "field": "owner"}
	dates = {"start": "2020-01-01", "end": "2040-01-01", "fields": ["name"]}
	shown = {"field_map": {"start": "creation", "end": "modified", "id": "name", "title": "name"}}
	return [
		call(user, "frappe.desk.reportview.get_count", doctype=doctype, filters=[["name", *_LIKE]]),
		call(user, "frappe.desk.reportview.get_sidebar_stats", doctype=doctype, stats=["_user_tags"]),
		call(user, "frappe.desk.reportview.get_list", doctype=doctype, fields=["*"]),
		call(user, "frappe.desk.listview.get_group_by_count", doctype=doctype, **counted),
		call(user, "frappe.desk.calendar.get_events", doctype=doctype, **dates, **shown),
		call(user, "frappe.desk.reportview.export_query", **_exported(doctype)),
		call(user, "frappe.desk.treeview.get_all_nodes", **_tree()),
	]


def _exported(doctype: str) -> dict:
	return {"doctype": doctype, "title": doctype, "fields": ["name"], "file_format_type": "CSV"}


def _tree() -> dict:
	return {"doctype": "Branch", "label": "HO", "parent": "HO", "tree_method": _CHILDREN}


def conditions(user: str, doctype: str, name: str) -> list[Answer]:
	"""Conditions where a name belongs, and columns of what is linked."""
	linked = {"Sales Order": "customer", "Customer": "lead_name", "Contact": "user"}[doctype]
	return [
		call(user, "frappe.client.get", doctype=doctype, filters={"name": _LIKE}),
		call(user, "frappe.client.get", doctype=doctype, name=[["name", *_LIKE]]),
		call(user, "frappe.client.get_value", doctype=doctype, filters={"name": _LIKE}, fieldname="name"),
		call(user, "frappe.client.validate_link", doctype=doctype, docname={"name": _LIKE}, fields=["name"]),
		call(user, "frappe.client.get_list", doctype=doctype, fields=["name", f"{linked}.name as linked"]),
		call(user, "frappe.client.get_list", doctype=doctype, fields=["max(name) as last"], order_by=""),
		call(user, "frappe.desk.form.load.getdoc", doctype=doctype, name=[["name", *_LIKE]]),
		send(user, "GET", f"/api/resource/{doctype}", filters=[["name", *_LIKE]], fields=["*"]),
	]


def methods(user: str, doctype: str, name: str) -> list[Answer]:
	"""A method of the document, by each of the addresses that lead to it."""
	added = {"comment_type": "Comment", "text": "said"}
	docs = frappe.as_json({"doctype": doctype, "name": name})
	ran = {"method": "add_comment", "args": added}
	return [
		send(user, "POST", f"/api/resource/{doctype}/{name}", run_method="get_title"),
		send(user, "POST", f"/api/v2/document/{doctype}/{name}/method/add_comment", **added),
		send(user, "POST", f"/api/v2/document/{doctype}/{name}/method/get_title"),
		send(user, "POST", "/api/v2/method/run_doc_method", document=docs, method="get_title"),
		call(user, "run_doc_method", dt=doctype, dn=name, **ran),
		call(user, "run_doc_method", docs=docs, **ran),
		call(user, "frappe.desk.form.save.cancel", doctype=doctype, name=name),
	]


def hangs(user: str, doctype: str, name: str) -> list[Answer]:
	"""What is hung on the document, and what hangs on it already."""
	named = {"doctype": doctype, "name": name}
	mail = {"recipients": user, "subject": "said", "content": "said", "send_email": 0}
	return [
		call(user, "frappe.core.doctype.communication.email.make", **named, **mail),
		call(user, "upload_file", **{"doctype": doctype, "docname": name, "file_url": "https://x.example/a"}),
		call(user, "frappe.desk.form.load.get_communications", **named, start=0, limit=20),
		call(
			user,
			"frappe.desk.form.document_follow.follow_document",
			doctype=doctype,
			doc_name=name,
			user=user,
		),
		call(user, "frappe.desk.form.linked_with.get", doctype=doctype, docname=name),
		call(user, "frappe.client.get_list", doctype="Communication", fields=["*"]),
		call(user, "frappe.client.get_list", doctype="File", fields=["*"]),
	]


ASKED: tuple[Questions, ...] = (
	*(lists, reads, attached, changes, goes_on, reports, grabs),
	*(views, conditions, methods, hangs),
)
