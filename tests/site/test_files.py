"""Files follow their documents by whatever way they are asked for, attached or mailed."""

import os

import frappe
import pytest

from branch_crm.branch_access.refusals import OutOfScopeError
from tests.site.company import as_user, make_customer, make_tree, make_user, opened, request, switch_on
from tests.site.http_requests import send
from tests.site.portal import make_portal_user

ROLES = ("Sales User", "Sales Manager", "Sales Master Manager", "Stock User", "System Manager")


@pytest.fixture(autouse=True)
def company() -> None:
	make_tree()
	make_customer("Own", "Delhi")
	make_customer("Foreign", "Mumbai")


@pytest.fixture
def delhi() -> str:
	return make_user("delhi", "Delhi", roles=ROLES)


@pytest.fixture
def buyer() -> str:
	return make_portal_user("buyer", ("Customer", "Own"))


def attach(name: str, content: str, doctype: str = "Customer", **values) -> object:
	place = {"attached_to_doctype": doctype, "attached_to_name": name} if name else {}
	file = {
		"doctype": "File",
		"file_name": f"{frappe.generate_hash()}.txt",
		"is_private": 1,
		**place,
		**values,
	}
	return frappe.get_doc({**file, "content": content}).insert()


def make_by_url(url: str, **values) -> object:
	return frappe.get_doc({"doctype": "File", "file_url": url, "is_private": 1, **values}).insert()


def downloads(user: str, url: str) -> bool:
	with as_user(user):
		return bool(frappe.get_attr("frappe.core.doctype.file.utils.find_file_by_url")(url))


def test_nobody_makes_a_file_of_a_url_that_he_may_not_download(delhi: str) -> None:
	secret = attach("Foreign", "secret of Mumbai").file_url
	mine = attach("Own", "of Delhi")
	switch_on()
	urls = (
		secret,
		frappe.utils.get_url(secret),
		secret.replace("/files/", "/fil%65s/"),
		"/private/files/none",
	)
	for url in urls:
		for values in (
			{},
			{"attached_to_doctype": "Customer", "attached_to_name": "Own"},
			{"content": "of Delhi"},
		):
			with as_user(delhi), pytest.raises(frappe.PermissionError):
				make_by_url(url, **values)
	mine.file_url = secret
	with as_user(delhi), pytest.raises(frappe.PermissionError):
		mine.save()
	assert not downloads(delhi, secret)
	with as_user(delhi):
		make_by_url(mine.get_db_value("file_url"), attached_to_doctype="Customer", attached_to_name="Own")


def test_what_somebody_uploads_is_his_though_others_have_the_same(delhi: str) -> None:
	secret = attach("Foreign", "the same letter")
	switch_on()
	with as_user(delhi):
		own = attach("Own", "the same letter")
		free = attach("", "the same letter")
	assert own.file_url == secret.file_url
	assert downloads(delhi, own.file_url)
	assert opened(delhi, "File", {secret.name, own.name, free.name}) == {own.name, free.name}


@pytest.mark.parametrize("is_private", [0, 1])
def test_lists_of_files_show_what_hangs_on_reached_documents(delhi: str, is_private: int) -> None:
	foreign = attach("Foreign", "zq Mumbai", is_private=is_private, folder="Home")
	own = attach("Own", "zq Delhi", is_private=is_private, folder="Home")
	switch_on()
	names = {foreign.name, own.name}
	with as_user(delhi):
		assert names.intersection(frappe.get_list("File", pluck="name", limit_page_length=0)) == {own.name}
		rows = frappe.get_list("File", {"name": ["in", list(names)]}, ["count(name) as number"])
		assert rows[0].number == 1
		in_folder = frappe.call("frappe.core.api.file.get_files_in_folder", folder="Home", page_length=1000)
		assert names.intersection(row.name for row in in_folder["files"]) == {own.name}
		for file in (foreign, own):
			found = frappe.call("frappe.core.api.file.get_files_by_search_text", text=file.file_name)
			assert {row.name for row in found} == {file.name} & {own.name}
		images = frappe.call("frappe.core.api.file.get_attached_images", "Customer", ["Foreign", "Own"])
		assert set(images) == {"Own"}


def test_head_office_lists_all_files() -> None:
	head = make_user("head", roles=(*ROLES, "Branch Head Office"))
	file = attach("Foreign", "zq", is_private=0)
	switch_on()
	with as_user(head):
		assert file.name in frappe.get_list("File", pluck="name", limit_page_length=0)


def test_files_hang_only_on_reached_documents(delhi: str) -> None:
	own, foreign = attach("Own", "zq Delhi"), attach("Foreign", "zq Mumbai")
	switch_on()
	with as_user(delhi):
		for name in ("Foreign", "None"):
			with pytest.raises(frappe.PermissionError):
				attach(name, "zq")
		attach("new-customer-abcdefghij", "zq")
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("File", own.name).update({"attached_to_name": "Foreign"}).save()
		for change in ({"attached_to_name": "Own"}, {"attached_to_doctype": None, "attached_to_name": None}):
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc("File", foreign.name).update(change).save()
		with pytest.raises(frappe.PermissionError):
			frappe.delete_doc("File", foreign.name)
	moved = {"file_list": [{"name": foreign.name}], "new_parent": "Home", "old_parent": "Home/Attachments"}
	assert not request(delhi, "frappe.core.api.file.move_file", **moved)
	assert not request(delhi, "frappe.core.api.file.unzip_file", name=foreign.name)


def test_files_are_attached_and_mailed_by_who_may_read_them(delhi: str) -> None:
	own, foreign = attach("Own", "zq Delhi"), attach("Foreign", "zq Mumbai")
	switch_on()
	methods = frappe.get_hooks("override_whitelisted_methods")
	add = methods["frappe.utils.file_manager.add_attachments"][-1]
	make = methods["frappe.core.doctype.communication.email.make"][-1]
	for file in (foreign.name, "none"):
		values = {"doctype": "Customer", "name": "Own", "attachments": [file]}
		assert not request(delhi, add, **values)
		assert not request(delhi, make, **values, content="Zq", subject="Zq")
	values = {"doctype": "Customer", "name": "Own", "attachments": frappe.as_json([own.name])}
	assert request(delhi, add, **values)
	assert request(delhi, make, **values, content="Zq", subject="Zq")
	assert not request(delhi, add, **{**values, "name": "Foreign"})
	assert downloads(delhi, own.file_url)
	assert not downloads(delhi, foreign.file_url)


def test_a_field_shows_no_file_that_its_user_may_not_download(delhi: str) -> None:
	secret = attach("Foreign", "zq.png").file_url
	mine = attach("Own", "zq own").file_url
	switch_on()
	with as_user(delhi):
		for url in (secret, "/private/files/none"):
			with pytest.raises(frappe.LinkValidationError):
				frappe.get_doc("Customer", "Own").update({"image": url}).save()
		frappe.get_doc("Customer", "Own").update({"image": mine}).save()


def test_a_file_of_a_document_of_branches_stays_private(delhi: str) -> None:
	own, free = attach("Own", "zq Delhi"), attach("", "zq free")
	switch_on()
	with as_user(delhi):
		with pytest.raises(OutOfScopeError):
			frappe.get_doc("File", own.name).update({"is_private": 0}).save()
		free.owner = delhi
		free.db_set("owner", delhi)
		frappe.get_doc("File", free.name).update({"is_private": 0}).save()
	frappe.get_doc("File", own.name).update({"is_private": 0}).save()


def _leading_elsewhere(name: str) -> list[str]:
	"""Addresses behind which Frappe opens the private file `name`, or another one than they say."""
	site, host = frappe.local.site, frappe.utils.get_url()
	return [
		f"/files/../../private/files/{name}",
		f"/files/%2e%2e/%2E%2e/private/files/{name}",
		f"/files/%252e%252e/%252e%252e/private/files/{name}",
		f"/private/files/../files/{name}",
		f"/private/files//{name}",
		f"/private/files/./{name}",
		f"//private/files/{name}",
		f"/private/files/..\\files/{name}",
		f"{host}/files/../../private/files/{name}",
		f"{host}{site}/private/files/{name}",
		f"{host}{os.path.abspath(frappe.get_site_path())}/private/files/{name}",
		f"http://elsewhere{site}/private/files/{name}",
	]


@pytest.mark.parametrize("person", ["delhi", "buyer"])
def test_a_file_leads_nowhere_but_to_itself(person: str, request: pytest.FixtureRequest) -> None:
	user = request.getfixturevalue(person)
	secret = attach("Foreign", "zq secret").file_url.split("/")[-1]
	switch_on()
	with as_user(user):
		mine = attach("", "zq mine")
	for url in _leading_elsewhere(secret):
		answer = send(user, "PUT", f"/api/resource/File/{mine.name}", file_url=url)
		assert answer.status in (403, 404), url
		assert "zq secret" not in send(user, "GET", "/api/method/download_file", file_url=url).text
		with as_user(user), pytest.raises(frappe.PermissionError):
			make_by_url(url)
	answers = [
		send(user, "PUT", f"/api/resource/File/{mine.name}", file_url=url).status
		for url in (f"/private/files/{secret}", "/private/files/none")
	]
	assert {*answers} <= {403, 404}
	assert (
		send(user, "PUT", f"/api/resource/File/{mine.name}", file_url="https://zq.example/a//b/").status
		== 200
	)


@pytest.mark.parametrize("person", ["delhi", "buyer"])
def test_an_address_from_before_the_rule_opens_nothing(person: str, request: pytest.FixtureRequest) -> None:
	user = request.getfixturevalue(person)
	secret = attach("Foreign", "zq secret").file_url.split("/")[-1]
	with as_user(user):
		mine = attach("", "zq mine")
	switch_on()
	for url in (f"/files/../../private/files/{secret}", f"/private/files/../files/{secret}"):
		frappe.db.set_value("File", mine.name, "file_url", url)
		assert send(user, "GET", "/api/method/download_file", file_url=url).status == 404
		assert not url.startswith("/private/") or send(user, "GET", url).status == 403
		assert not opened(user, "File", {mine.name})


def test_a_private_file_is_found_by_its_exact_name(delhi: str) -> None:
	switch_on()
	secret = attach("", "zq secret", file_name=f"zq{frappe.generate_hash()}.txt").file_url
	with as_user(delhi):
		mine = attach("", "zq mine", file_name=secret.split("/")[-1].upper())
	assert mine.file_url != secret and mine.file_url.lower() == secret.lower()
	assert send(delhi, "GET", mine.file_url).status == 200
	assert send(delhi, "GET", secret).status == 403
	with as_user(delhi), pytest.raises(frappe.PermissionError):
		make_by_url(secret)


def test_nobody_publishes_or_deletes_the_file_of_another_by_his_own(delhi: str) -> None:
	secret = attach("Foreign", "zq secret")
	same = attach("Foreign", "zq same")
	switch_on()
	with as_user(delhi):
		mine, copy = attach("", "zq mine"), attach("", "zq same")
	name = secret.file_url.split("/")[-1]
	for row, change in (
		(mine, {"file_url": f"/files/sub/{name}", "is_private": 0}),
		(mine, {"thumbnail_url": secret.file_url}),
		(copy, {"content_hash": "zq"}),
	):
		assert send(delhi, "PUT", f"/api/resource/File/{row.name}", **change).status in (403, 404)
	with as_user(delhi):
		for doc in (mine, copy, attach("", "zq third", thumbnail_url=secret.file_url)):
			frappe.delete_doc("File", doc.name)
	assert secret.exists_on_disk() and same.exists_on_disk()


def test_visitors_upload_no_file_by_the_address_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
	# an upload leaves its address behind until the request ends, here until the tests do
	monkeypatch.setattr(frappe.local, "uploaded_file_url", None, raising=False)
	secret = attach("Foreign", "zq secret").file_url
	frappe.db.set_single_value("System Settings", "allow_guests_to_upload_files", 1)
	switch_on()
	for url in (secret, "/private/files/none"):
		answer = send("Guest", "POST", "/api/method/upload_file", file_url=url, is_private=1)
		assert (answer.status, answer.text) == (404, '["", null]')
