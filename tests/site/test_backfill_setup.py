"""What a backfill takes: rules, companies, and what a CSV file may say."""

import frappe
import pytest

from branch_crm.branch_access.backfill_queries import RUN
from branch_crm.branch_access.backfill_work import Work, in_words
from tests.site import backfill
from tests.site.company import make_branch, make_customer, make_tree


def faults(run: object) -> list[str]:
	return [in_words(*fault) for fault in Work(run).faults()]


def test_a_csv_file_gives_branches_and_each_wrong_line_gets_a_sentence() -> None:
	make_tree()
	make_branch("Closed", "North", enabled=0)
	for name in ("Good", "Taken", "Twice"):
		make_customer(name, *(["Delhi"] if name == "Taken" else []))
	lines = [
		"Name,Branch,Doctype",
		"Good,Agra,Customer",
		"Taken,Agra,Customer",
		"Nobody,Agra,Customer",
		"Twice,Delhi,Customer",
		"Twice,Agra,Customer",
		"Good,Nowhere,Customer",
		"Good,Closed,Customer",
		"Good,,Customer",
		"Administrator,Agra,User",
		"",
	]
	run = backfill.make_run("CSV", csv="\n".join(lines))
	assert faults(run) == [
		"Line 3: Customer Taken has a branch already and keeps it.",
		"Line 4: Customer Nobody does not exist.",
		"Line 6: Customer Twice stands in the file before; the first line counts.",
		"Line 7: Branch Nowhere does not exist.",
		"Line 8: Branch Closed is closed.",
		"Line 9: Document type, name and branch are needed.",
		"Line 10: This run does not cover document type User.",
	]
	backfill.apply(run)
	found = {name: backfill.rows_of("Customer", name) for name in ("Good", "Taken", "Twice")}
	assert found == {"Good": [("Agra", 1)], "Taken": [("Delhi", 1)], "Twice": [("Delhi", 1)]}


def test_a_branch_of_another_company_is_named_in_the_csv_file() -> None:
	make_tree()
	company = {"doctype": "Company", "company_name": "Other", "abbr": "OTH", "country": "India"}
	frappe.get_doc({**company, "default_currency": "INR"}).insert()
	make_branch("Foreign", "North", company="Other")
	lead = frappe.get_doc({"doctype": "Lead", "first_name": "L", "company": own_company()}).insert()
	backfill.forget_branches()
	csv = f"doctype,name,branch\nLead,{lead.name},Foreign"
	run = backfill.make_run("CSV", csv=csv)
	assert faults(run) == [f"Line 2: Branch Foreign belongs to another company than Lead {lead.name}."]
	backfill.apply(run)
	assert backfill.branch_of(lead) is None
	other = backfill.make_run("CSV", csv=csv, company="Other")
	assert faults(other) == [f"Line 2: Lead {lead.name} belongs to a company that this run does not cover."]


def own_company() -> str:
	return frappe.get_all("Company", {"name": ["!=", "Other"]}, pluck="name")[0]


@pytest.mark.parametrize("csv", ["name,branch\nX,Agra", ""])
def test_a_file_without_its_titles_is_refused(csv: str) -> None:
	run = backfill.make_run("CSV", csv=csv or " ")
	with pytest.raises(frappe.ValidationError, match="doctype, name, branch"):
		Work(run)


def test_a_file_that_hangs_on_something_else_is_not_read() -> None:
	make_tree()
	make_customer("Good")
	content = "doctype,name,branch\nCustomer,Good,Agra"
	file = frappe.get_doc({"doctype": "File", "file_name": "x.csv", "content": content, "is_private": 1})
	foreign = {"attached_to_doctype": "Customer", "attached_to_name": "Good"}
	url = file.update(foreign).insert().file_url
	run = backfill.make_run("CSV", csv="doctype,name,branch")
	frappe.db.set_value(RUN, run.name, "csv_file", url)
	with pytest.raises(frappe.ValidationError, match="Attach a CSV file"):
		Work(frappe.get_doc(RUN, run.name))


def test_the_company_of_a_run_limits_its_documents() -> None:
	make_tree()
	frappe.get_doc("Branch", "Agra").update({"territories": [{"territory": "India"}], "company": None}).save()
	company = {"doctype": "Company", "company_name": "Other", "abbr": "OTH", "country": "India"}
	frappe.get_doc({**company, "default_currency": "INR"}).insert()
	leads = {}
	for name in ("Other", own_company()):
		lead = {"doctype": "Lead", "first_name": name, "company": name, "territory": "India"}
		leads[name] = frappe.get_doc(lead).insert()
	backfill.forget_branches()
	backfill.apply(backfill.make_run("Territory", company="Other"))
	assert [backfill.branch_of(lead) for lead in leads.values()] == ["Agra", None]


@pytest.mark.parametrize(
	("values", "message"),
	[
		({"rules": [{"rule": "Territory"}, {"rule": "Territory"}]}, "asked once"),
		({"rules": [{"rule": "CSV"}]}, "belong together"),
		({"csv_file": "/private/files/x.csv"}, "belong together"),
		({"document_types": [{"document_type": "User"}]}, "do not belong to branches"),
	],
	ids=["twice", "no file", "no rule", "no branch"],
)
def test_unsound_runs_are_refused(values: dict, message: str) -> None:
	doc = frappe.get_doc({"doctype": RUN, "rules": [{"rule": "Territory"}], **values})
	with pytest.raises(frappe.ValidationError, match=message):
		doc.insert()
