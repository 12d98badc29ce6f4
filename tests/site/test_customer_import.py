"""A file of customers: the good rows are in, each bad one is reported with its sentence, and nothing is lost."""

import csv
import io
import json

import frappe
import pytest
from frappe.core.doctype.data_import.data_import import start_import

from tests.site import goods
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on

ROLES = ("Sales User", "Sales Manager", "Sales Master Manager", "Purchase User", "System Manager")
GSTIN = "24AAQCA8719H1ZC"


def _imported(user: str, lines: list[dict], doctype: str = "Customer", update: bool = False) -> list[dict]:
	"""What became of each document of a file whose columns are those of its first line."""
	content = io.StringIO()
	writer = csv.DictWriter(content, list(lines[0]))
	writer.writeheader()
	writer.writerows(lines)
	file = {"doctype": "File", "file_name": "customers.csv", "is_private": 1, "content": content.getvalue()}
	with as_user(user):
		file = frappe.get_doc(file).insert()
		job = {"doctype": "Data Import", "reference_doctype": doctype, "import_file": file.file_url}
		kind = "Update Existing Records" if update else "Insert New Records"
		job = frappe.get_doc({**job, "import_type": kind, "mute_emails": 1}).insert()
		frappe.db.commit()
		start_import(job.name)
	job.reload()
	assert json.loads(job.template_warnings or "[]") == []
	fields = ["success", "docname", "messages", "exception"]
	return frappe.get_all("Data Import Log", {"data_import": job.name}, fields, order_by="log_index")


def _told(log: dict) -> str:
	"""What the import shows of a row that is not in."""
	return " ".join(
		str(frappe.parse_json(message)["message"]) for message in json.loads(log.messages or "[]")
	)


@pytest.fixture
def delhi(taken_away: None) -> str:
	make_tree()
	for name, branch in (("Zq Near Carriers", "Delhi"), ("Zq Sea Carriers", "Mumbai")):
		goods.make_supplier(name, branch, is_transporter=1)
	frappe.db.set_value("Customer", make_customer("Zq Theirs", "Mumbai").name, "customer_code", "ZQ-TAKEN")
	address = {"doctype": "Address", "address_title": "Zq Theirs", "address_line1": "1", "city": "Mumbai"}
	links = [{"link_doctype": "Customer", "link_name": "Zq Theirs"}]
	frappe.get_doc({**address, "country": "India", "links": links}).insert()
	user = make_user("delhi", "Delhi", roles=ROLES)
	switch_on()
	frappe.db.commit()
	return user


def _line(name: str, **values: str) -> dict:
	columns = ("Trading Name", "Customer Code", "GSTIN / UIN", "Country", "Mobile No", "Email Id")
	columns += ("Preferred Transporter", "Branch (Branches)", "Primary (Branches)")
	columns += ("Branch (For Documents of a Branch)", "Preferred Transporter (For Documents of a Branch)")
	columns += ("Billing Address (For Documents of a Branch)",)
	return {"Customer Name": name, "Customer Type": "Company", **dict.fromkeys(columns, ""), **values}


def test_good_rows_are_in_and_each_bad_one_is_told(delhi: str) -> None:
	own = {"Branch (Branches)": "Delhi", "Primary (Branches)": "1"}
	bad = {
		"Zq Mistyped": ({"GSTIN / UIN": "24AAQCA8719H1ZD"}, "mistyped"),
		"Zq Taken": ({"Customer Code": "ZQ-TAKEN"}, "This customer code is taken"),
		"Zq No Number": ({"Mobile No": "12345"}, "This is no phone number"),
		"Zq Contradicting": ({"GSTIN / UIN": GSTIN, "Country": "Germany"}, "not in India"),
		"Zq No Mail": ({"Email Id": "nobody"}, "not a valid Email"),
		"Zq Foreign Branch": ({**own, "Branch (Branches)": "Mumbai"}, "own branches"),
		"Zq Foreign Carrier": ({"Preferred Transporter": "Zq Sea Carriers"}, "Could not find"),
		"Zq Foreign Address": (
			{
				"Branch (For Documents of a Branch)": "Delhi",
				"Billing Address (For Documents of a Branch)": "Zq Theirs-Billing",
			},
			"Could not find",
		),
		"Zq Foreign Default": ({"Branch (For Documents of a Branch)": "Mumbai"}, "your own branches"),
	}
	good = {
		"Trading Name": "Zq Goodies",
		"Customer Code": "ZQ-1",
		"GSTIN / UIN": GSTIN.lower(),
		"Country": "India",
		"Mobile No": "98200-12345",
		"Email Id": "good@zq.example",
		"Preferred Transporter": "Zq Near Carriers",
		"Branch (For Documents of a Branch)": "Delhi",
		"Preferred Transporter (For Documents of a Branch)": "Zq Near Carriers",
		**own,
	}
	lines = [_line("Zq Good", **good), *(_line(name, **values) for name, (values, _) in bad.items())]
	logs = _imported(delhi, [*lines, _line("Zq Plain")])
	assert [log.success for log in logs] == [1, *[0] * len(bad), 1], logs
	told = dict(zip(bad, map(_told, logs[1:-1]), strict=True))
	assert {name: sentence for name, (_, sentence) in bad.items() if sentence not in told[name]} == {}, told
	assert not any(text in told["Zq No Number"] + told["Zq Mistyped"] for text in ("12345", "24AAQ"))
	assert set(frappe.get_all("Customer", {"customer_name": ["like", "Zq %"]}, pluck="name")) == {
		"Zq Good",
		"Zq Plain",
		"Zq Theirs",
	}
	made = frappe.get_doc("Customer", "Zq Good")
	assert (made.trading_name, made.customer_code, made.gstin, made.pan) == (
		"Zq Goodies",
		"ZQ-1",
		GSTIN,
		GSTIN[2:12],
	)
	assert (made.preferred_transporter, made.branch_defaults[0].branch) == ("Zq Near Carriers", "Delhi")
	contact = frappe.get_doc("Contact", made.customer_primary_contact)
	assert (contact.mobile_no, contact.email_id) == ("+919820012345", "good@zq.example")
	plain = frappe.get_doc("Customer", "Zq Plain")
	assert ([row.branch for row in plain.branches], bool(plain.customer_code)) == (["Delhi"], True)


def test_changes_are_imported_and_refused_in_the_same_way(delhi: str) -> None:
	for name in ("Zq One", "Zq Two", "Zq Three"):
		make_customer(name, "Delhi")
	frappe.db.commit()
	columns = {"Trading Name": "", "Customer Code": "", "GSTIN / UIN": "", "Preferred Transporter": ""}
	code = frappe.db.get_value("Customer", "Zq One", "customer_code")
	lines = [
		{"ID": "Zq One", **columns, "Trading Name": "Zq First", "GSTIN / UIN": GSTIN, "Customer Code": code},
		{"ID": "Zq Two", **columns, "Customer Code": "ZQ-OTHER"},
		{"ID": "Zq Three", **columns, "Preferred Transporter": "Zq Sea Carriers"},
		{"ID": "Zq Theirs", **columns, "Trading Name": "Zq Stolen"},
	]
	logs = _imported(delhi, lines, update=True)
	assert [log.success for log in logs] == [1, 0, 0, 0], logs
	assert "lasting" in _told(logs[1])
	assert "Could not find" in _told(logs[2])
	first = frappe.get_doc("Customer", "Zq One")
	assert (first.trading_name, first.gstin, first.customer_code) == ("Zq First", GSTIN, code)
	assert not frappe.db.get_value("Customer", "Zq Theirs", "trading_name")


def test_contacts_are_imported_with_their_numbers(delhi: str) -> None:
	make_customer("Zq Called", "Delhi")
	frappe.db.commit()
	columns = ("Number (Contact Numbers)", "Link Document Type (Links)", "Link Name (Links)")
	values = {
		"Zq Right": ("098200 12345", "Customer", "Zq Called"),
		"Zq Wrong": ("12345", "Customer", "Zq Called"),
		"Zq Strange": ("098200 12345", "Customer", "Zq Theirs"),
	}
	lines = [{"First Name": name, **dict(zip(columns, row, strict=True))} for name, row in values.items()]
	logs = _imported(delhi, lines, "Contact")
	assert [log.success for log in logs] == [1, 0, 0], logs
	assert frappe.db.get_value("Contact Phone", {"parent": logs[0].docname}, "phone") == "+919820012345"
	assert "Row 1: This is no phone number" in _told(logs[1])
