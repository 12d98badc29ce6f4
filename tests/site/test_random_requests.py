"""Random sequences of requests by random people, while branches and teams change: no answer has a marker of what is
outside the person's branches at that moment, and no request widens them."""

from collections.abc import Callable

import frappe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_crm.branch_access import queries
from tests.site.company import (
	KEEPERS,
	join_team,
	leave_team,
	make_contact,
	make_customer,
	make_tree,
	make_user,
	switch_on,
)
from tests.site.documents import sales
from tests.site.http_requests import Answer, call, send

BRANCHES = ("Delhi", "Agra", "Mumbai")
BELOW = {
	"HO": {"HO", "North", "West", *BRANCHES},
	"North": {"North", "Delhi", "Agra"},
	"West": {"West", "Mumbai"},
}
PEOPLE = {"delhi": "Delhi", "north": "North", "mumbai": "Mumbai", "nobody": None, "viewer": None}
ROLES = (*KEEPERS, "Accounts Manager", "Stock Manager")
CUSTOMERS = ("zqalpha", "zqbeta", "zqgamma")
REPORTS = (
	"Addresses And Contacts",
	"Sales Order Analysis",
	"Customer Acquisition and Loyalty",
	"Sales Register",
)
# what a customer's papers are marked with, after his name
KINDS = ("order", "contact", "comment", "todo")
# names, by DocType and customer
Papers = dict[tuple[str, str], str]
Questions = Callable[[str, str, str], list[Answer]]


def _world() -> Papers:
	make_tree()
	papers: Papers = {}
	for word, branch in zip(CUSTOMERS, BRANCHES, strict=True):
		customer = make_customer(word, branch)
		order = sales("Sales Order", customer.name, submit=False, branch=branch, po_no=f"{word}order")
		contact = make_contact(f"{word}contact", ("Customer", customer.name))
		customer.add_comment("Comment", f"{word}comment")
		frappe.get_doc(
			{"doctype": "ToDo", "description": f"{word}todo", "reference_type": "Customer"}
		).update({"reference_name": customer.name, "allocated_to": "Administrator"}).insert()
		papers |= {
			("Customer", word): customer.name,
			("Sales Order", word): order.name,
			("Contact", word): contact.name,
		}
	for person, branch in PEOPLE.items():
		user = make_user(f"random-{person}", roles=ROLES)
		if branch:
			join_team(user, branch)
	join_team(_user("viewer"), "Agra", "Viewer")
	switch_on()
	# or head office could not move an order away from its customer
	frappe.db.set_single_value(queries.SETTINGS, "branch_of_party", "Warn")
	return papers


def _user(person: str) -> str:
	return f"random-{person}@branch-crm.example"


def _reach(user: str) -> set[str]:
	"""The branches that are stored for him, and those below."""
	team = frappe.get_all("Branch Team Member", {"user": user, "parenttype": "Branch"}, pluck="parent")
	by_hand = frappe.get_all("User Permission", {"user": user, "allow": "Branch"}, pluck="for_value")
	return {below for branch in (*team, *by_hand) for below in BELOW.get(branch, {branch})}


def _hidden(user: str, papers: Papers) -> set[str]:
	"""The markers that no answer to him may have: what he sees of a document names its customer. Shares and assignments
	do not cross branches, and go where they would."""
	reach, hidden = _reach(user), set()
	for word in CUSTOMERS:
		customer = {"parent": word, "parenttype": "Customer"}
		at = set(frappe.get_all("Branch Assignment", customer, pluck="branch"))
		ordered = frappe.db.get_value("Sales Order", papers["Sales Order", word], "branch")
		if not at & reach:
			hidden |= {f"{word}contact", f"{word}comment", f"{word}todo"}
		if ordered not in reach:
			hidden.add(f"{word}order")
		if not (at | {ordered}) & reach:
			hidden.add(word)
	return hidden


def _lists(user: str, doctype: str, name: str) -> list[Answer]:
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


def _reads(user: str, doctype: str, name: str) -> list[Answer]:
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


def _attached(user: str, doctype: str, name: str) -> list[Answer]:
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


def _changes(user: str, doctype: str, name: str) -> list[Answer]:
	named = {"doctype": doctype, "name": name}
	assigned = {"assign_to": [user], "doctype": doctype, "name": name}
	shared = {"doctype": doctype, "name": name, "user": _user("nobody"), "read": 1}
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


def _goes_on(user: str, doctype: str, name: str) -> list[Answer]:
	mappers = {
		"Sales Order": "erpnext.selling.doctype.sales_order.sales_order.make_sales_invoice",
		"Customer": "erpnext.selling.doctype.customer.customer.make_quotation",
	}
	mapped = [call(user, mappers[doctype], source_name=name)] if doctype in mappers else []
	details = {"party": name, "party_type": "Customer", "doctype": "Sales Order"}
	return [*mapped, call(user, "erpnext.accounts.party.get_party_details", **details)]


def _reports(user: str, doctype: str, name: str) -> list[Answer]:
	asked = {
		"company": frappe.db.get_value("Company", {}),
		"from_date": "2020-01-01",
		"to_date": "2030-12-31",
	}
	asked |= {"reference_doctype": "Customer", "view_type": "Monthly"}
	return [
		call(user, "frappe.desk.query_report.run", report_name=report, filters=asked) for report in REPORTS
	]


def _grabs(user: str, doctype: str, name: str) -> list[Answer]:
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


ASKED: tuple[Questions, ...] = (
	*(_lists, _reads, _attached, _changes),
	*(_goes_on, _reports, _grabs),
)


# what head office changes in between, and what of
MOVES = st.tuples(
	st.sampled_from(["customer", "order", "joins", "leaves"]),
	st.sampled_from(CUSTOMERS),
	st.sampled_from(BRANCHES),
	st.sampled_from(list(PEOPLE)),
)
# which requests, by whom, of which document
QUESTIONS = st.tuples(
	st.sampled_from(ASKED),
	st.sampled_from(list(PEOPLE)),
	st.sampled_from(["Customer", "Sales Order", "Contact"]),
	st.sampled_from(CUSTOMERS),
)


def _move(what: str, word: str, branch: str, person: str) -> None:
	frappe.set_user("Administrator")
	user = _user(person)
	if what == "customer":
		doc = frappe.get_doc("Customer", word)
		doc.set("branches", [{"branch": branch, "is_primary": 1}])
		doc.save()
	elif what == "order":
		for order in frappe.get_all("Sales Order", {"customer": word}, pluck="name"):
			doc = frappe.get_doc("Sales Order", order)
			doc.branch = branch
			doc.save()
	elif what == "leaves":
		leave_team(user, branch)
	elif not frappe.db.exists("Branch Team Member", {"parent": branch, "user": user}):
		join_team(user, branch)


@settings(
	max_examples=8,
	deadline=None,
	derandomize=True,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(st.none() | MOVES, QUESTIONS), min_size=6, max_size=12))
def test_no_answer_tells_of_what_is_outside_the_branches_of_that_moment(steps: list[tuple]) -> None:
	frappe.db.savepoint("example")
	try:
		papers = _world()
		for move, question in steps:
			if move:
				_move(*move)
			_ask(papers, *question)
	finally:
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point="example")
		frappe.clear_cache()


def _ask(papers: Papers, asked: Questions, person: str, doctype: str, word: str) -> None:
	user, name = _user(person), papers[doctype, word]
	reach, hidden = _reach(user), _hidden(user, papers)
	answers = asked(user, doctype, name)
	assert _reach(user) <= reach
	for number, answer in enumerate(answers):
		# what he has sent himself tells him nothing
		told = {mark for mark in hidden if mark not in name and _says(answer.text, mark)}
		assert not told, (asked.__name__, number, user, doctype, name, answer.text)


def _says(text: str, mark: str) -> bool:
	if mark in CUSTOMERS:
		for kind in KINDS:
			text = text.replace(mark + kind, "")
	return mark in text
