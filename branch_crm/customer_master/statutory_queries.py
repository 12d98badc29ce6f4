"""Every read of statutory data."""

from collections import defaultdict
from collections.abc import Collection

import frappe
from frappe.model.document import Document
from frappe.utils.caching import request_cache

from branch_crm.customer_master import custom_fields
from branch_crm.customer_master.gst_rules import STATES
from branch_crm.customer_master.statutory_rules import Place, StatutoryData

PARTIES = ("Customer", "Supplier")
_FIELDS = ("country", "pan", "gstin", "gst_category", "cin", "llpin", "tax_id")
_PLACE = ("country", "gst_state", "gstin")
_CODES = {state: code for code, state in STATES.items()}


def is_own(doctype: str, fieldname: str) -> bool:
	"""Whether the field is this room's, not one of another app under the same name, whose rules are its own."""
	field = frappe.get_meta(doctype).get_field(fieldname)
	return bool(field) and field.get("module") == custom_fields.MODULE


@request_cache
def is_company_in_india() -> bool:
	"""Whether goods and services tax concerns a company of this site at all."""
	return bool(frappe.db.exists("Company", {"country": "India"}))


def country_code(country: str | None) -> str | None:
	"""The two letters of ISO 3166."""
	code = frappe.db.get_value("Country", country, "code", cache=True) if country else None
	return code.upper() if code else None


def data_of(party: Document) -> StatutoryData:
	"""What a party says of itself, stored or not; without its addresses, but for the country of its primary one."""
	primary = party.get(f"{party.doctype.lower()}_primary_address")
	country = party.get("country") or (primary and frappe.db.get_value("Address", primary, "country"))
	return _data(party.doctype, {**party.as_dict(), "country": country}, ())


def data_of_parties(doctype: str, names: Collection[str]) -> dict[str, StatutoryData]:
	"""What is stored of parties, with their addresses, by name."""
	meta = frappe.get_meta(doctype)
	fields = [field for field in (*_FIELDS, _legal_form(doctype)) if meta.has_field(field)]
	rows = frappe.get_all(doctype, {"name": ["in", list(names)]}, ["name", *fields])
	places = _places(doctype, names)
	return {row.name: _data(doctype, row, places.get(row.name, ())) for row in rows}


def place_of(address: Document | dict) -> Place:
	state = address.get("gst_state")
	return Place(country_code(address.get("country")), _CODES.get(state), address.get("gstin") or "")


def _places(doctype: str, names: Collection[str]) -> dict[str, tuple[Place, ...]]:
	links = frappe.get_all(
		"Dynamic Link",
		{"parenttype": "Address", "link_doctype": doctype, "link_name": ["in", list(names)]},
		["parent", "link_name"],
	)
	wanted = {"name": ["in", [link.parent for link in links]], "disabled": 0}
	columns = ["name", *(field for field in _PLACE if frappe.get_meta("Address").has_field(field))]
	addresses = {row.name: place_of(row) for row in frappe.get_all("Address", wanted, columns)}
	found: dict[str, tuple[Place, ...]] = defaultdict(tuple)
	for link in links:
		if link.parent in addresses:
			found[link.link_name] += (addresses[link.parent],)
	return found


def _data(doctype: str, row: dict, places: tuple[Place, ...]) -> StatutoryData:
	texts = {field: row.get(field) or "" for field in _FIELDS if field != "country"}
	legal_form = row.get(_legal_form(doctype)) or StatutoryData.legal_form
	return StatutoryData(
		country=country_code(row.get("country")), legal_form=legal_form, places=places, **texts
	)


def _legal_form(doctype: str) -> str:
	return f"{doctype.lower()}_type"
