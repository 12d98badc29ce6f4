"""The report of parties that nobody looks after: each reader sees those of his branches."""

import frappe
import pytest

from tests.site.company import (
	as_user,
	join_team,
	leave_team,
	make_customer,
	make_tree,
	make_user,
	member,
	switch_on,
)

REPORT = "Customers Without Owner"


@pytest.fixture(autouse=True)
def customers() -> None:
	make_tree()
	owners = {branch: member(branch.lower(), **{branch: "Sales"}) for branch in ("Delhi", "Mumbai")}
	gone = member("gone", Delhi="Sales")
	make_customer("Cared", {"branch": "Delhi", "sales_owner": owners["Delhi"]})
	make_customer("Nobody's", "Delhi", {"branch": "Mumbai", "sales_owner": owners["Mumbai"]})
	make_customer("Strange", {"branch": "Delhi", "sales_owner": owners["Mumbai"]})
	make_customer("Deserted", {"branch": "Delhi", "sales_owner": gone})
	make_customer("Western", "Mumbai")
	make_customer("Over", "Mumbai", {"branch": "Agra", "to_date": "2020-01-01"})
	frappe.db.set_value("User", gone, "enabled", 0)


def run(user: str = "Administrator", **filters) -> set[tuple]:
	with as_user(user):
		result = frappe.call(
			"frappe.desk.query_report.run", report_name=REPORT, filters={"owner": "Sales", **filters}
		)
	rows = [row for row in result["result"] if isinstance(row, dict)]
	return {(row["branch"], row["party"], row["fault"]) for row in rows}


DELHI = {
	("Delhi", "Nobody's", "No Owner"),
	("Delhi", "Strange", "Owner Not in Team"),
	("Delhi", "Deserted", "Owner Disabled"),
}
MUMBAI = {("Mumbai", "Western", "No Owner"), ("Mumbai", "Over", "No Owner")}


def test_whoever_has_no_owner_or_a_wrong_one_is_listed() -> None:
	assert run() == DELHI | MUMBAI
	assert run(branch="North") == DELHI
	assert run(fault="Owner Disabled") == {("Delhi", "Deserted", "Owner Disabled")}
	assert {party for _branch, party, _fault in run(owner="Support", branch="Delhi")} >= {"Cared", "Strange"}
	assert len(run(owner="")) == len(run() | run(owner="Support"))
	leave_team("delhi@branch-crm.example", "Delhi")
	assert ("Delhi", "Cared", "Owner Not in Team") in run()
	join_team("delhi@branch-crm.example", "North")
	assert run() == DELHI | MUMBAI


def test_a_reader_sees_the_parties_of_his_branches() -> None:
	north, nobody = make_user("north", "North"), make_user("nobody")
	switch_on()
	assert run(north) == DELHI
	assert run(north, branch="West") == run(nobody) == set()


def test_suppliers_are_listed_for_who_may_read_them() -> None:
	supplier = {"doctype": "Supplier", "supplier_name": "Some", "supplier_group": "Local"}
	frappe.get_doc({**supplier, "branches": [{"branch": "Delhi"}]}).insert()
	buyer = make_user("buyer", roles=("Purchase User",))
	assert run(buyer, party_type="Supplier") == {("Delhi", "Some", "No Owner")}
	with pytest.raises(frappe.PermissionError):
		run(buyer, party_type="Prospect")
	with pytest.raises(frappe.ValidationError):
		run(party_type="User")
