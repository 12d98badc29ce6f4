"""Fields that India Compliance has under the same names, in both orders of installation."""

from collections.abc import Iterator

import frappe
import pytest
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from branch_crm import install
from branch_crm.customer_master import custom_fields, shared_fields
from tests.site.test_statutory_data import GSTIN, PAN, make_party

# what India Compliance declares, as far as it matters here
ITS_FIELDS = {
	("Customer", "Supplier", "Company"): [
		{"fieldname": "gstin", "label": "GSTIN / UIN", "fieldtype": "Autocomplete", "translatable": 0},
		{"fieldname": "pan", "label": "PAN", "fieldtype": "Data", "translatable": 0},
		{
			"fieldname": "gst_category",
			"label": "GST Category",
			"fieldtype": "Select",
			"options": "Registered Regular\nUnregistered\nOverseas",
			"default": "Unregistered",
			"reqd": 1,
		},
	],
	"Address": [
		{"fieldname": "gstin", "label": "GSTIN / UIN", "fieldtype": "Data", "translatable": 0},
		{
			"fieldname": "gst_state",
			"label": "GST State",
			"fieldtype": "Select",
			"options": "\nGujarat\nDelhi",
		},
	],
}


@pytest.fixture
def columns_stay(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
	"""The columns are there; to define them again would end the test's transaction."""
	monkeypatch.setattr(frappe.db, "updatedb", lambda *_: None)
	yield
	frappe.clear_cache()


@pytest.fixture
def after_the_other_app(columns_stay: None) -> None:
	"""Its fields are there without ours, as where it was installed first."""
	for doctype, fields in custom_fields.SHARED_FIELDS.items():
		for field in fields:
			frappe.db.delete("Custom Field", {"dt": doctype, "fieldname": field["fieldname"]})
	frappe.clear_cache()
	create_custom_fields(ITS_FIELDS, ignore_validate=True)


def _modules() -> dict[tuple[str, str], str | None]:
	fields = frappe.get_all(
		"Custom Field", {"fieldname": ["in", ["gstin", "pan", "gst_category"]]}, ["dt", "fieldname", "module"]
	)
	return {(field.dt, field.fieldname): field.module for field in fields if field.dt == "Customer"}


def test_fields_of_the_other_app_are_left_as_they_are(after_the_other_app: None) -> None:
	party = make_party(gstin="its own rules").insert()
	install.share_fields("branch_crm")
	assert set(_modules().values()) == {None}
	assert frappe.get_meta("Customer").get_field("gstin").fieldtype == "Autocomplete"
	assert frappe.get_meta("Customer").has_field("country")
	party.reload()
	party.gstin = "still its own"
	party.save()
	assert party.gstin == "still its own"
	# that app may write the PAN of a new GSTIN only after ours has looked
	party.gstin, party.pan = GSTIN, "AABCR1718E"
	party.save()


def test_fields_go_over_to_the_other_app_with_what_they_hold(columns_stay: None) -> None:
	party = make_party(gstin=GSTIN).insert()
	create_custom_fields(ITS_FIELDS, ignore_validate=True)
	shared_fields.hand_over_to("india_compliance")
	assert set(_modules().values()) == {None}
	assert not any(field["fieldname"] == "gstin" for field in shared_fields.missing()["Customer"])
	assert frappe.db.get_value("Customer", party.name, ["gstin", "pan"]) == (GSTIN, PAN)
	party.reload()
	party.gstin = "its own rules"
	party.save()
