"""What a statement of account says, whom a run lists, and who may ask for it."""

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.credit_control import statement_api
from branch_crm.demo.records import COMPANY
from tests.site.company import make_user
from tests.site.http_requests import call
from tests.site.statements import (
	API,
	BEFORE,
	BUYERS,
	DELHI,
	PUNE,
	RUN,
	address,
	contact,
	make_buyers,
	new_run,
	previewed,
	printed,
	sold,
)


@pytest.fixture(autouse=True)
def buyers() -> None:
	make_buyers()


def test_it_says_opening_movements_closing_ages_and_address() -> None:
	late = {"set_posting_time": 1, "posting_date": BEFORE, "due_date": add_days(nowdate(), -40)}
	old = sold("Zq A", DELHI, 450, **late)
	address("Zq A", "7 Zq Street")
	new = frappe.get_last_doc("Sales Invoice", {"customer": "Zq A", "branch": PUNE})
	run = new_run(customer="Zq A")
	assert run.meta.default_print_format == "Statement of Account"
	text = printed(run)
	for said in (COMPANY, "Zq A", "7 Zq Street", new.name, "Opening Balance", "Closing Balance", PUNE):
		assert said in text, said
	assert old.name not in text
	figures = ["".join(part.split("</td>")[0].split()) for part in text.split('<td class="text-right">')]
	# not due, 1-30, 31-60, 61-90, over 90
	assert figures[-5:] == ["₹7,100.00", "₹0.00", "₹450.00", "₹0.00", "₹0.00"]
	assert "₹ 7,550.00" in text
	for other in ("Zq B", "Zq C"):
		assert other not in text


def test_a_block_for_each_branch_where_asked() -> None:
	assert f"<h4>{DELHI}</h4>" not in printed(new_run(customer="Zq A"))
	text = printed(new_run(customer="Zq A", by_branch=1))
	assert text.index(f"<h4>{DELHI}</h4>") < text.index("₹ 100.00") < text.index(f"<h4>{PUNE}</h4>")
	assert text.count("Opening Balance") == 3


def test_the_preview_lists_who_fits_with_balance_and_address() -> None:
	assert previewed(new_run(branch=PUNE)) == dict.fromkeys(BUYERS, 7000)
	assert previewed(new_run(branch=PUNE, only_active=0)) == {**dict.fromkeys(BUYERS, 7000), "Zq Nil": 0}
	assert previewed(new_run(customer="Zq B")) == {"Zq B": 7100}
	frappe.db.set_value("Customer", "Zq C", "trade_type", "Distributor")
	assert previewed(new_run(trade_type="Distributor")) == {"Zq C": 7100}
	(one,) = statement_api.preview(new_run(customer="Zq B").name)
	assert one["recipients"] == ["zq_b@buyer.example"]


def test_it_goes_to_the_billing_contact_else_to_the_primary_one_else_to_the_customer() -> None:
	def recipients() -> list[str]:
		return statement_api.preview(run.name)[0]["recipients"]

	run = new_run(customer="Zq Nil", only_active=0)
	assert recipients() == []
	frappe.db.set_value("Customer", "Zq Nil", "email_id", "nil@buyer.example")
	assert recipients() == ["nil@buyer.example"]
	contact("Zq Nil", "first@buyer.example", is_primary_contact=1)
	contact("Zq Nil", "any@buyer.example")
	assert recipients() == ["first@buyer.example"]
	for name in ("two", "one"):
		contact("Zq Nil", f"{name}@buyer.example", is_billing_contact=1)
	assert recipients() == ["one@buyer.example", "two@buyer.example"]


@pytest.mark.parametrize("roles", [("Sales User", "Sales Manager"), ("Branch Head Office",)])
def test_who_keeps_no_accounts_sends_nothing(roles: tuple) -> None:
	user = make_user("zq-seller", roles=roles)
	run = new_run(customer="Zq A")
	assert call(user, f"{API}.send", run=run.name, modified=str(run.modified)).status == 403
	assert call(user, f"{API}.preview", run=run.name).status == 403
	assert call(user, "frappe.www.printview.get_html_and_style", doc=RUN, name=run.name).status == 403
	frappe.set_user("Guest")
	with pytest.raises(frappe.PermissionError):
		run.run_method("before_print")


def test_what_it_did_is_written_by_the_job_alone() -> None:
	run = new_run(status="Completed", begun_by="Guest", entries=[{"customer": "Zq A", "state": "Sent"}])
	assert (run.status, run.begun_by, run.entries) == ("Draft", None, [])
	run.append("entries", {"customer": "Zq A", "state": "Sent"})
	run.update({"status": "Running"}).save()
	assert (run.status, run.entries) == ("Draft", [])
	run.update({"branch": PUNE}).save()
	assert [row.branch for row in run.covers] == [PUNE]
	run.db_set("status", "Running")
	run.reload()
	with pytest.raises(frappe.ValidationError, match="has begun"):
		run.update({"branch": DELHI}).save()
	with pytest.raises(frappe.ValidationError, match="ends before"):
		new_run(to_date=BEFORE)
