"""What hangs on documents is neither hung elsewhere, nor found, nor told by ways that do not ask for the document."""

import frappe
import pytest

from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site.company import (
	REFUSALS,
	as_user,
	join_team,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	permit,
	request,
	switch_on,
)

ROLES = (
	"Sales User",
	"Sales Manager",
	"Sales Master Manager",
	"Support Team",
	"System Manager",
	"Inbox User",
)


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	make_customer("Own", "Delhi")
	make_customer("Foreign", "Mumbai")
	make_customer("Both", "Delhi", "Mumbai")


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=ROLES)


def mail(name: str | None, *timeline: tuple[str, str]) -> str:
	reference = {"reference_doctype": "Customer", "reference_name": name} if name else {}
	links = [{"link_doctype": doctype, "link_name": link} for doctype, link in timeline]
	values = {"communication_type": "Communication", "content": "Zq", "subject": f"Zq {name}"}
	return (
		frappe.get_doc({"doctype": "Communication", **values, **reference, "timeline_links": links})
		.insert()
		.name
	)


def call(me: str, path: str, *arguments: object, **named: object) -> object:
	"""The request as Frappe's handler resolves it."""
	method = frappe.get_hooks("override_whitelisted_methods").get(path, [path])[-1]
	with as_user(me):
		frappe.local.response = frappe._dict(docs=[])
		return frappe.call(method, *arguments, **named)


def hangs_on(name: str) -> str | None:
	return frappe.db.get_value("Communication", name, "reference_name")


def test_a_mail_is_relinked_between_reached_documents_only(delhi: str) -> None:
	own, foreign = mail("Own"), mail("Foreign")
	switch_on()
	for name, target in ((own, "Foreign"), (own, "None such"), (foreign, "Own"), ("none", "Own")):
		with pytest.raises(frappe.DoesNotExistError):
			call(delhi, "frappe.email.relink", name, "Customer", target)
	call(delhi, "frappe.email.relink", own, "Customer", "Both")
	assert (hangs_on(own), hangs_on(foreign)) == ("Both", "Foreign")
	with as_user(delhi):
		for name, target in ((foreign, "Own"), (own, "Foreign")):
			with pytest.raises((frappe.PermissionError, frappe.LinkValidationError)):
				frappe.get_doc("Communication", name).update({"reference_name": target}).save()
	assert (hangs_on(own), hangs_on(foreign)) == ("Both", "Foreign")


def test_a_mail_of_a_foreign_document_shows_in_no_timeline(delhi: str) -> None:
	contact = make_contact("Zq person", ("Customer", "Both")).name
	own, foreign = (mail(name, ("Contact", contact), ("Customer", "Both")) for name in ("Own", "Foreign"))
	free = mail(None, ("Contact", contact), ("Customer", "Both"))
	switch_on()
	for doctype, name in (("Contact", contact), ("Customer", "Both")):
		found = call(delhi, "frappe.desk.form.load.get_communications", doctype, name)
		assert {row.name for row in found} == {own, free}
		for path in ("frappe.desk.form.load.getdoc", "frappe.desk.form.load.get_docinfo"):
			call(delhi, path, doctype=doctype, name=name)
			assert {row.name for row in frappe.response["docinfo"]["communications"]} == {own, free}
			call("Administrator", path, doctype=doctype, name=name)
			assert len(frappe.response["docinfo"]["communications"]) == 3
	with as_user(delhi):
		doc = frappe.as_json(frappe.get_doc("Customer", "Both"))
	call(delhi, "frappe.desk.form.save.savedocs", doc=doc, action="Save")
	assert {row.name for row in frappe.response["docinfo"]["communications"]} == {own, free}
	assert foreign


def test_a_comment_hangs_on_reached_documents_only(delhi: str) -> None:
	values = {
		"doctype": "Comment",
		"comment_type": "Comment",
		"content": "Zq",
		"reference_doctype": "Customer",
	}
	foreign = frappe.get_doc({**values, "reference_name": "Foreign"}).insert().name
	switch_on()
	for target in ("Foreign", "None such"):
		assert not request(delhi, "frappe.client.insert", doc={**values, "reference_name": target})
	assert request(delhi, "frappe.client.insert", doc={**values, "reference_name": "Own"})
	own = frappe.get_last_doc("Comment", {"reference_name": "Own"}).name
	changes = {"doctype": "Comment", "fieldname": "reference_name"}
	assert not request(delhi, "frappe.client.set_value", **changes, name=foreign, value="Own")
	assert not request(delhi, "frappe.client.set_value", **changes, name=own, value="Foreign")
	assert not request(delhi, "frappe.client.delete", doctype="Comment", name=foreign)
	written = {"content": "Zq", "comment_email": delhi, "comment_by": delhi, "reference_doctype": "Customer"}
	assert not request(delhi, "frappe.desk.form.utils.add_comment", **written, reference_name="Foreign")
	assert request(delhi, "frappe.desk.form.utils.add_comment", **written, reference_name="Own")


def test_who_only_views_says_something_in_the_comment_box_and_nothing_else() -> None:
	viewer = make_user("viewer", roles=ROLES)
	join_team(viewer, "Delhi", "Viewer")
	switch_on()
	written = {
		"content": "Zq",
		"comment_email": viewer,
		"comment_by": viewer,
		"reference_doctype": "Customer",
	}
	assert request(viewer, "frappe.desk.form.utils.add_comment", **written, reference_name="Own")
	for doctype, values in {
		"Comment": {"comment_type": "Comment", "content": "Zq"},
		"Communication": {"subject": "Zq", "content": "Zq"},
		"File": {"file_name": "zq.txt", "content": "Zq"},
	}.items():
		place = ("attached_to_doctype", "attached_to_name") if doctype == "File" else ()
		fields = dict(zip(place or ("reference_doctype", "reference_name"), ("Customer", "Own"), strict=True))
		assert not request(viewer, "frappe.client.insert", doc={"doctype": doctype, **values, **fields})


def test_search_and_tags_find_what_is_reached(delhi: str) -> None:
	for name in ("Own", "Foreign"):
		call("Administrator", "frappe.desk.doctype.tag.tag.add_tag", "zqtag", "Customer", name)
		row = {"doctype": "Customer", "name": name, "content": f"Zqword {name}", "title": name}
		frappe.get_attr("frappe.utils.global_search.sync_value")({**row, "published": 0, "route": ""})
	switch_on()
	tagged = call(delhi, "frappe.desk.doctype.tag.tag.get_tagged_docs", "Customer", "%zqtag%")
	assert tagged == (("Own",),) or [*map(tuple, tagged)] == [("Own",)]
	documents = call(delhi, "frappe.desk.doctype.tag.tag.get_documents_for_tag", "#zqtag")
	assert [row["name"] for row in documents] == ["Own"]


def test_global_search_finds_what_is_reached(delhi: str) -> None:
	rows = [frappe._dict(doctype="Customer", name=name) for name in ("Own", "Foreign", "None such")]
	switch_on()
	seen = frappe.get_attr("branch_crm.branch_access.satellite_api.seen")
	with as_user(delhi):
		assert [row.name for row in seen(rows, "doctype", "name")] == ["Own"]
	assert len(seen(rows, "doctype", "name")) == 3


def test_lists_of_documents_of_branches_are_not_told_live_to_who_is_limited(delhi: str) -> None:
	head = make_user("head", roles=(*ROLES, "Branch Head Office"))
	path = "frappe.realtime.can_subscribe_doctype"
	assert call(delhi, path, doctype="Customer")
	switch_on()
	for doctype in ("Customer", "Contact", "Quotation", "ToDo", "Branch"):
		with pytest.raises(frappe.PermissionError):
			call(delhi, path, doctype=doctype)
		assert call(head, path, doctype=doctype)
	assert call(delhi, path, doctype="Item Group") is True
	assert call(delhi, "frappe.realtime.can_subscribe_doc", doctype="Customer", docname="Own")
	with pytest.raises(frappe.PermissionError):
		call(delhi, "frappe.realtime.can_subscribe_doc", doctype="Customer", docname="Foreign")


def test_the_calendar_shows_events_that_are_reached(delhi: str) -> None:
	events = {
		branch: frappe.get_doc(
			{"doctype": "Event", "subject": "Zq", "starts_on": f"2030-01-0{day} 10:00:00", "event_type": kind}
			| {"branch": branch}
		).insert()
		for day, (branch, kind) in enumerate(
			(("Delhi", "Public"), ("Mumbai", "Public"), ("Agra", "Private")), 1
		)
	}
	values = {"start": "2030-01-01", "end": "2030-01-09"}
	path = "frappe.desk.doctype.event.event.get_events"
	switch_on()
	for user in (None, "Administrator"):
		found = call(delhi, path, **values, user=user)
		assert {row.name for row in found} == {events["Delhi"].name}
	assert {row.name for row in call("Administrator", path, **values)} == {
		doc.name for doc in events.values()
	}


AUTHORED = {
	"Notification": {"subject": "Zq", "document_type": "Customer", "event": "New", "channel": "System Notification"},
	"Webhook": {"webhook_doctype": "Customer", "webhook_docevent": "on_update", "request_url": "https://zq.example"},
	"Assignment Rule": {"document_type": "Issue", "assign_condition": "1", "description": "Zq"},
	"Client Script": {"dt": "Customer", "script": "1"},
	"Email Template": {"subject": "Zq", "response": "Zq"},
	"Letter Head": {"letter_head_name": "Zq", "content": "Zq"},
	"Print Format": {"doc_type": "Customer"},
	"Custom HTML Block": {"html": "x"},
}  # fmt: skip


@pytest.mark.parametrize("doctype", AUTHORED)
def test_what_acts_on_all_branches_is_head_office_s_to_write(delhi: str, doctype: str) -> None:
	switch_on()
	values = {"doctype": doctype, "name": f"Zq {doctype}", **AUTHORED[doctype]}
	with as_user(delhi), pytest.raises(OutOfScopeError, match="all branches"):
		frappe.get_doc(values).insert()


def test_nobody_limited_changes_how_documents_find_their_branches(delhi: str) -> None:
	setter = {"doctype": "Property Setter", "doctype_or_field": "DocField", "doc_type": "Customer"}
	setter |= {"field_name": "territory", "property_type": "Check", "value": "1"}
	field = {"doctype": "Custom Field", "dt": "Item", "fieldname": "zq", "label": "Zq", "fieldtype": "Link"}
	switch_on()
	with as_user(delhi):
		with pytest.raises(OutOfScopeError):
			frappe.get_doc({**setter, "property": "ignore_user_permissions"}).insert(ignore_permissions=True)
		with pytest.raises(OutOfScopeError):
			frappe.get_doc({**field, "options": "Branch"}).insert()
		for name in (
			"Customer-branches",
			frappe.db.get_value("Custom Field", {"dt": "Lead", "options": "Branch"}),
		):
			with pytest.raises(REFUSALS):
				frappe.delete_doc("Custom Field", name)
		frappe.get_doc({**setter, "property": "hidden"}).insert()


def test_nobody_takes_over_the_account_of_somebody_who_reaches_more(delhi: str) -> None:
	head = make_user("head", roles=(*ROLES, "Branch Head Office"))
	region = make_user("region", "North", roles=ROLES)
	peer, nobody = make_user("peer", "Delhi", roles=ROLES), make_user("nobody", roles=ROLES)
	switch_on()
	for user in (head, region):
		values = {"doctype": "User", "name": user, "fieldname": "new_password", "value": "Zq-9-long-enough"}
		assert not request(delhi, "frappe.client.set_value", **values)
		with as_user(delhi), pytest.raises(OutOfScopeError):
			frappe.call("frappe.core.doctype.user.user.generate_keys", user=user)
	for user in (peer, nobody):
		values = {"doctype": "User", "name": user, "fieldname": "bio", "value": "Zq"}
		assert request(delhi, "frappe.client.set_value", **values)
	permit(peer, "Mumbai")
	values = {"doctype": "User", "name": peer, "fieldname": "bio", "value": "Zq again"}
	assert not request(delhi, "frappe.client.set_value", **values)
