"""Statutory data of customers, suppliers, companies and addresses, as they are typed, imported and reported."""

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.model.document import Document

from branch_crm.customer_master.statutory_events import StatutoryDataError
from tests.site.company import as_user, make_customer, make_tree, make_user, switch_on
from tests.site.http_requests import call

GSTIN, PAN = "24AAQCA8719H1ZC", "AAQCA8719H"
REPORT = "Incomplete Statutory Data"


def make_party(doctype: str = "Customer", **values) -> Document:
	named = {f"{doctype.lower()}_name": f"zq {frappe.generate_hash(length=6)}"}
	return frappe.get_doc({"doctype": doctype, f"{doctype.lower()}_type": "Company", **named, **values})


def _address(party: Document, **values) -> Document:
	return frappe.get_doc(
		{
			"doctype": "Address",
			"address_title": party.name,
			"address_line1": "1 Road",
			"city": "Surat",
			"country": "India",
			"links": [{"link_doctype": party.doctype, "link_name": party.name}],
			**values,
		}
	)


@pytest.mark.parametrize("doctype", ["Customer", "Supplier"])
def test_numbers_are_kept_as_their_authorities_write_them(doctype: str) -> None:
	party = make_party(
		doctype, gstin=" 24 aaqca8719h 1zc", cin="l17110mh1973plc019786", tan="muma12345b"
	).insert()
	assert (party.gstin, party.pan, party.gst_category) == (GSTIN, PAN, "Registered Regular")
	assert (party.cin, party.tan) == ("L17110MH1973PLC019786", "MUMA12345B")


@pytest.mark.parametrize(
	("values", "sentence"),
	[
		({"gstin": "24AAQCA8719H1ZD"}, "mistyped"),
		({"gstin": "24AAQCA8719H1Z"}, "looks like"),
		({"pan": "AAQCA8719"}, "looks like"),
		({"cin": "U72900KA2099PTC046374"}, "in the future"),
		({"llpin": "XY-1234"}, "looks like"),
		({"tan": "1"}, "looks like"),
		({"gstin": GSTIN, "pan": "AAQCB8719H"}, "not the one within"),
		({"gstin": GSTIN, "country": "Germany"}, "not in India"),
		({"cin": "U72900KA2008PTC046374", "llpin": "AAB-1234"}, "Keep one"),
		({"tax_id": "DE136695978", "country": "Germany"}, "check digit"),
		({"tax_id": "1", "country": "Germany"}, "form"),
	],
)
@pytest.mark.parametrize("doctype", ["Customer", "Supplier"])
def test_what_is_wrong_is_refused_without_repeating_it(doctype: str, values: dict, sentence: str) -> None:
	with pytest.raises(StatutoryDataError, match=sentence) as refusal:
		make_party(doctype, **values).insert()
	numbers = [value for key, value in values.items() if key != "country" and len(value) > 2]
	assert not any(number in str(refusal.value) for number in numbers)


@pytest.mark.parametrize(
	"values",
	[
		{"tax_id": "DE136695976", "country": "Germany"},
		{"tax_id": "anything", "country": "Nepal"},
		{"tax_id": "27AABCU9603R1ZM", "country": "India"},
		{"tax_id": "anything"},
		{"country": "United States", "gst_category": "Overseas"},
		{"pan": "AAPKU0939F"},
	],
)
def test_what_nothing_speaks_against_is_kept(values: dict) -> None:
	party = make_party(**values).insert()
	assert {key: party.get(key) for key in values} == values


def test_what_was_there_before_stays_until_it_is_changed() -> None:
	party = make_party().insert()
	party.db_set({"gstin": "old", "tax_id": "old", "country": "Germany"}, update_modified=False)
	party.reload()
	party.customer_details = "Something else"
	party.save()
	party.tax_id = "older"
	with pytest.raises(StatutoryDataError):
		party.save()


def test_an_address_has_the_state_of_its_name_and_its_gstin() -> None:
	party = make_party().insert()
	assert _address(party, state="gujarat").insert().gst_state_number == "24"
	assert _address(party, gstin=GSTIN).insert().gst_state == "Gujarat"
	assert _address(party, state="Orissa").insert().gst_state == "Odisha"
	assert not _address(party, state="Nowhere").insert().gst_state
	with pytest.raises(StatutoryDataError, match="another state"):
		_address(party, state="Delhi", gstin=GSTIN).insert()


def test_who_is_abroad_keeps_the_real_state() -> None:
	party = make_party(country="Germany").insert()
	address = _address(party, country="Germany", state="Bayern").insert()
	assert (address.state, address.gst_state, address.gst_state_number) == ("Bayern", "Other Countries", "96")
	assert (party.gst_category, address.gst_category) == ("Overseas", "Overseas")
	with pytest.raises(StatutoryDataError, match="not in India"):
		_address(party, country="Germany", gstin=GSTIN).insert()


def test_a_company_s_own_numbers_are_judged_as_well() -> None:
	company = frappe.get_doc("Company", frappe.db.get_value("Company", {}))
	company.gstin = "24AAQCA8719H1ZD"
	with pytest.raises(StatutoryDataError, match="mistyped"):
		company.save()


def test_a_new_customer_is_of_the_company_s_country() -> None:
	party = make_party().insert()
	assert (party.country, party.gst_category) == ("India", "Unregistered")


def test_the_category_is_proposed_anew_until_somebody_chooses_one() -> None:
	party = make_party().insert()
	party.gstin = GSTIN
	party.save()
	assert party.gst_category == "Registered Regular"
	party.gst_category = "SEZ"
	party.save()
	party.country = None
	party.save()
	assert party.gst_category == "SEZ"
	address = _address(party).insert()
	address.gstin = GSTIN
	address.save()
	assert address.gst_category == "Registered Regular"


def test_a_pan_goes_along_with_its_gstin() -> None:
	party = make_party(gstin=GSTIN).insert()
	party.gstin = "29AABCR1718E1ZL"
	party.save()
	assert party.pan == "AABCR1718E"
	party.gstin, party.pan = GSTIN, "AABCR1718E"
	party.save()
	assert party.pan == PAN
	other = make_party(pan="AABCR1718E").insert()
	other.gstin = GSTIN
	with pytest.raises(StatutoryDataError, match="not the one within"):
		other.save()


def test_goods_and_services_tax_is_nobody_s_where_no_company_is_in_india() -> None:
	frappe.db.set_value("Company", {"country": "India"}, "country", "Germany")
	frappe.local.request_cache.clear()
	party = make_party(country="France").insert()
	address = _address(party, country="France", state="Paris").insert()
	assert not party.gst_category
	assert not (address.gst_state or address.gst_category)


def test_a_country_that_is_typed_later_does_not_refuse_an_old_number() -> None:
	party = make_party().insert()
	party.db_set({"tax_id": "old"}, update_modified=False)
	party.reload()
	party.country = "Germany"
	party.save()
	assert party.tax_id == "old"


def test_bad_rows_of_an_import_are_each_reported(taken_away: None) -> None:
	rows = [["Customer Name", "Customer Type", "GSTIN / UIN"]]
	rows += [["zq good", "Company", GSTIN], ["zq bad", "Company", "24AAQCA8719H1ZD"]]
	name = _imported(rows)
	logs = frappe.get_all(
		"Data Import Log", {"data_import": name}, ["success", "messages"], order_by="log_index"
	)
	assert [log.success for log in logs] == [1, 0]
	assert "mistyped" in logs[1].messages
	assert frappe.db.get_value("Customer", {"customer_name": "zq good"}, "pan") == PAN


def _imported(rows: list[list[str]]) -> str:
	content = "\n".join(",".join(row) for row in rows)
	file = frappe.get_doc(
		{"doctype": "File", "file_name": "zq.csv", "content": content, "is_private": 1}
	).insert()
	importing = {"doctype": "Data Import", "reference_doctype": "Customer", "import_file": file.file_url}
	doc = frappe.get_doc({**importing, "import_type": "Insert New Records", "mute_emails": 1}).insert()
	doc.get_importer().import_data()
	return doc.name


def _reported(user: str, **filters) -> set[tuple[str, str]]:
	with as_user(user):
		rows = run(REPORT, filters={"party_type": "Customer", **filters})["result"]
	return {(row["party"], row["what"]) for row in rows if isinstance(row, dict)}


@pytest.fixture
def customers() -> None:
	make_tree()
	for name, branch in (("zqdelhi", "Delhi"), ("zqmumbai", "Mumbai")):
		make_customer(name, branch)
	switch_on()


def test_the_report_names_what_is_missing_and_what_contradicts(customers: None) -> None:
	frappe.db.set_value("Customer", "zqdelhi", {"gst_category": None, "pan": "AAUPV7468F"})
	found = {what for party, what in _reported("Administrator") if party == "zqdelhi"}
	assert found == {"Address", "GST Category", "The PAN is that of another legal form"}
	_address(frappe.get_doc("Customer", "zqdelhi"), state="Gujarat").insert()
	frappe.db.set_value(
		"Customer", "zqdelhi", {"gst_category": "Unregistered", "customer_type": "Individual"}
	)
	assert not {what for party, what in _reported("Administrator") if party == "zqdelhi"}
	frappe.db.set_value("Customer", "zqmumbai", "disabled", 1)
	assert not {what for party, what in _reported("Administrator") if party == "zqmumbai"}


def test_the_report_keeps_to_branches(customers: None) -> None:
	user = make_user("reader", "Delhi")
	assert {party for party, _what in _reported(user)} == {"zqdelhi"}
	assert {party for party, _what in _reported("Administrator", branch="West")} == {"zqmumbai"}
	assert _reported(user, branch="West") == set()
	answer = call(user, "frappe.desk.query_report.run", report_name=REPORT, filters={"party_type": "User"})
	assert answer.status == 417
