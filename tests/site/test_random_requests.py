"""Random sequences of requests by random people, while branches and teams change: no answer has a marker of what is
outside the person's branches at that moment, and no request widens them."""

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
from tests.site.portal import make_portal_user
from tests.site.random_questions import ASKED, BRANCHES, Questions
from tests.site.soaks import examples

BELOW = {
	"HO": {"HO", "North", "West", *BRANCHES},
	"North": {"North", "Delhi", "Agra"},
	"West": {"West", "Mumbai"},
}
PEOPLE = {"delhi": "Delhi", "north": "North", "mumbai": "Mumbai", "nobody": None, "viewer": None}
BUYER = "random-buyer"
ROLES = (*KEEPERS, "Accounts Manager", "Stock Manager")
CUSTOMERS = ("zqalpha", "zqbeta", "zqgamma")
# what a customer's papers are marked with, after his name
KINDS = ("order", "contact", "comment", "todo")
# names, by DocType and customer
Papers = dict[tuple[str, str], str]


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
	make_portal_user(BUYER, ("Customer", CUSTOMERS[0]))
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
	if user == _user("buyer"):
		others = {word + kind for word in CUSTOMERS[1:] for kind in ("", *KINDS)}
		return others | {f"{CUSTOMERS[0]}{kind}" for kind in ("comment", "todo")}
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
	st.sampled_from([*PEOPLE, "buyer"]),
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
	max_examples=examples(5),
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
