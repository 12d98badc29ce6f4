"""The history of who was responsible for a party in a branch: complete, unchangeable, and seen with the party."""

import itertools
from datetime import timedelta

import frappe
import pytest
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from branch_crm.branch_access import responsibility_events
from branch_crm.branch_access.doctype.branch_responsibility.branch_responsibility import (
	ResponsibilityIsHistoryError,
)
from branch_crm.branch_access.responsibility_queries import RECORD
from tests.site import backfill
from tests.site.company import SALES, as_user, let_delete, make_customer, make_tree, make_user, request


@pytest.fixture(autouse=True)
def tree() -> None:
	make_tree()


@pytest.fixture
def anna() -> str:
	return make_user("anna", "Delhi")


@pytest.fixture
def bela() -> str:
	return make_user("bela", "Mumbai")


def history(party: str, function: str = "Sales", doctype: str = "Customer") -> list[tuple]:
	"""Branch, user and whether it goes on, the oldest first."""
	rows = frappe.get_all(
		RECORD,
		{"party_type": doctype, "party": party, "function": function},
		["branch", "user", "to_time"],
		order_by="from_time, creation, branch",
	)
	return [(row.branch, row.user, row.to_time is None) for row in rows]


def owned(name: str, *owners: tuple[str, str | None]) -> object:
	return make_customer(name, *({"branch": branch, "sales_owner": owner} for branch, owner in owners))


def set_owner(doc: object, branch: str, owner: str | None) -> None:
	doc.reload()
	next(row for row in doc.branches if row.branch == branch).sales_owner = owner
	doc.save()


def test_every_change_of_a_row_is_a_record_and_nothing_else_is(anna: str, bela: str) -> None:
	customer = owned("Kept", ("Delhi", anna))
	assert history("Kept") == [("Delhi", anna, True)]
	customer.update({"website": "https://kept.example"}).save()
	assert frappe.db.count(RECORD, {"party": "Kept"}) == 2
	set_owner(customer, "Delhi", bela)
	set_owner(customer, "Delhi", None)
	customer.append("branches", {"branch": "Mumbai", "sales_owner": bela})
	customer.save()
	customer.branches[0].is_primary, customer.branches[1].is_primary = 0, 1
	customer.remove(customer.branches[0])
	customer.save()
	expected = [
		("Delhi", anna, False),
		("Delhi", bela, False),
		("Delhi", None, False),
		("Mumbai", bela, True),
	]
	assert history("Kept") == expected
	assert history("Kept", "Support") == [("Delhi", None, False), ("Mumbai", None, True)]
	terms = frappe.get_all(
		RECORD, {"party": "Kept", "branch": "Delhi", "function": "Sales"}, ["from_time", "to_time"],
		order_by="from_time",
	)  # fmt: skip
	assert all(before.to_time == after.from_time for before, after in itertools.pairwise(terms))


def test_who_changed_it_is_recorded(bela: str) -> None:
	anna = make_user("anna", "Delhi", roles=(*SALES, "System Manager"))
	customer = owned("Kept", ("Delhi", anna))
	with as_user(anna):
		set_owner(customer, "Delhi", bela)
	owner, modified_by = frappe.db.get_value(
		RECORD, {"party": "Kept", "user": bela}, ["owner", "modified_by"]
	)
	assert (owner, modified_by) == (anna, anna)
	assert frappe.db.get_value(RECORD, {"party": "Kept", "user": anna}, "modified_by") == anna
	assert frappe.db.get_value(RECORD, {"party": "Kept", "user": anna}, "owner") == "Administrator"


@pytest.mark.parametrize("doctype", ["Supplier", "Prospect"])
def test_suppliers_and_prospects_have_a_history(doctype: str, anna: str) -> None:
	values = {
		"Supplier": {"supplier_name": "Some", "supplier_group": "Local"},
		"Prospect": {"company_name": "Some"},
	}
	doc = frappe.get_doc({"doctype": doctype, **values[doctype], "branches": [{"branch": "Delhi"}]}).insert()
	set_owner(doc, "Delhi", anna)
	assert history(doc.name, doctype=doctype) == [("Delhi", None, False), ("Delhi", anna, True)]
	let_delete()
	frappe.delete_doc(doctype, doc.name)
	assert history(doc.name, doctype=doctype) == []


def test_a_row_that_ends_or_begins_by_its_date_needs_no_job(anna: str, bela: str) -> None:
	make_customer("Kept", "Agra", {"branch": "Delhi", "sales_owner": anna, "to_date": getdate()},
		{"branch": "Delhi", "sales_owner": bela, "from_date": add_days(getdate(), 1)})  # fmt: skip
	midnight = get_datetime(add_days(getdate(), 1))
	terms = frappe.get_all(
		RECORD, {"party": "Kept", "function": "Sales", "branch": "Delhi"}, ["user", "from_time", "to_time"]
	)
	found_terms = {term.user: (term.from_time, term.to_time) for term in terms}
	assert found_terms[anna][1] == midnight
	assert found_terms[bela] == (midnight, None)
	customer = frappe.get_doc("Customer", "Kept")
	customer.remove(customer.branches[2])
	customer.save()
	assert bela not in {row[1] for row in history("Kept")}, "what was only planned is no history"


def test_the_names_follow(anna: str, bela: str) -> None:
	owned("Old", ("Delhi", anna))
	frappe.rename_doc("Customer", "Old", "New")
	frappe.rename_doc("Branch", "Delhi", "New Delhi")
	new = "annas.new@branch-crm.example"
	frappe.rename_doc("User", anna, new)
	assert history("Old") == []
	assert history("New") == [("New Delhi", new, True)]
	set_owner(frappe.get_doc("Customer", "New"), "New Delhi", bela)
	assert history("New") == [("New Delhi", new, False), ("New Delhi", bela, True)]


def test_two_customers_that_become_one_keep_both_histories(anna: str, bela: str) -> None:
	owned("First", ("Delhi", anna))
	owned("Second", ("Mumbai", bela), ("Delhi", bela))
	let_delete()
	frappe.rename_doc("Customer", "First", "Second", merge=True)
	assert history("First") == []
	assert sorted(history("Second")) == sorted(
		[("Delhi", anna, False), ("Mumbai", bela, True), ("Delhi", bela, True)]
	)


def test_two_branches_that_become_one_leave_one_responsible_person(anna: str, bela: str) -> None:
	owned("Kept", ("Delhi", anna), ("Agra", bela))
	let_delete()
	frappe.rename_doc("Branch", "Agra", "Delhi", merge=True)
	assert sorted(history("Kept")) == sorted([("Delhi", anna, True), ("Delhi", bela, False)])
	owned("Other", ("Delhi", bela))
	frappe.rename_doc("User", bela, anna, merge=True)
	assert history("Other") == [("Delhi", anna, True)]


def test_a_customer_is_deleted_with_its_history_and_a_branch_with_history_is_not(anna: str) -> None:
	customer = owned("Gone", ("Delhi", anna), ("Mumbai", anna))
	let_delete()
	frappe.delete_doc("Customer", customer.name)
	assert history("Gone") == []
	frappe.delete_doc("Branch", "Agra")
	customer = owned("Moved", ("Delhi", anna), ("Mumbai", anna))
	customer.remove(customer.branches[1])
	customer.save()
	with pytest.raises(frappe.LinkExistsError):
		frappe.delete_doc("Branch", "Mumbai")


def test_nobody_writes_changes_or_deletes_a_record(anna: str) -> None:
	owned("Kept", ("Delhi", anna))
	admin = make_user("admin", roles=(*SALES, "System Manager", "Branch Head Office"))
	record = frappe.db.get_value(RECORD, {"party": "Kept", "function": "Sales"})
	before = frappe.get_doc(RECORD, record).as_dict()
	values = {
		"doctype": RECORD,
		"party_type": "Customer",
		"party": "Kept",
		"branch": "Delhi",
		"function": "Sales",
	}
	for user in (admin, "Administrator"):
		assert not request(user, "frappe.client.insert", doc=values)
		assert not request(
			user, "frappe.client.set_value", doctype=RECORD, name=record, fieldname="user", value=admin
		)
		assert not request(user, "frappe.client.save", doc={**before, "user": admin})
		assert not request(user, "frappe.client.delete", doctype=RECORD, name=record)
		assert not request(user, "frappe.client.rename_doc", doctype=RECORD, old_name=record, new_name="x")
	with pytest.raises(ResponsibilityIsHistoryError):
		frappe.delete_doc(RECORD, record, force=True)
	assert frappe.get_doc(RECORD, record).as_dict() == before
	assert frappe.db.count(RECORD, {"party": "Kept"}) == 2


def test_a_backfill_and_its_undo_are_recorded() -> None:
	make_customer("Wanted")
	assert history("Wanted") == []
	run = backfill.make_run("CSV", csv="doctype,name,branch\nCustomer,Wanted,Agra")
	backfill.apply(run)
	assert history("Wanted") == [("Agra", None, True)]
	backfill.undo(run)
	assert history("Wanted") == [("Agra", None, False)]


def test_the_history_of_what_was_there_begins_with_its_rows_once(anna: str) -> None:
	day = add_days(getdate(), -30)
	owned("Plain", ("Delhi", anna))
	make_customer("Dated", {"branch": "Delhi", "sales_owner": anna, "from_date": day},
		{"branch": "Agra", "from_date": day, "to_date": add_days(day, 3)})  # fmt: skip
	owned("Kept", ("Mumbai", anna))
	written = now_datetime() - timedelta(days=400)
	frappe.db.set_value("Branch Assignment", {"parent": "Plain"}, "creation", written, update_modified=False)
	frappe.db.delete(RECORD, {"party": ["in", ["Plain", "Dated"]]})
	kept = frappe.get_all(RECORD, {"party": "Kept"}, "*", order_by="name")
	for _twice in range(2):
		responsibility_events.record_what_was_there()
		columns = ["party", "branch", "user", "from_time", "to_time"]
		rows = frappe.get_all(
			RECORD,
			{"party": ["in", ["Plain", "Dated"]], "function": "Sales"},
			columns,
			order_by="party desc, branch desc",
		)
		assert [tuple(row.values()) for row in rows] == [
			("Plain", "Delhi", anna, written, None),
			("Dated", "Delhi", anna, get_datetime(day), None),
			("Dated", "Agra", None, get_datetime(day), get_datetime(add_days(day, 4))),
		]
	assert frappe.get_all(RECORD, {"party": "Kept"}, "*", order_by="name") == kept
