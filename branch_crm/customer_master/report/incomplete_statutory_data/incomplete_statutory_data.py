"""Customers or suppliers whose statutory data are missing, or contradict each other."""

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import create_batch

from branch_crm.branch_access import queries
from branch_crm.customer_master import cash_queries, statutory_queries, statutory_rules
from branch_crm.customer_master.statutory_rules import Discrepancy, Missing, StatutoryData

MISSING, INCONSISTENT = "Missing", "Inconsistent"
_PAGE = 500


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	"""A row for each enabled party that the user sees and thing that is wrong with it; no number is shown.

	The CASH customer stands for whoever pays at the counter, and is not asked for any.

	Filters: `party_type` ("Customer" by default, or "Supplier"), `branch` (with those below it), `finding`
	("Missing" or "Inconsistent").
	"""
	filters = frappe._dict(filters or {})
	party_type = filters.party_type or "Customer"
	if party_type not in statutory_queries.PARTIES:
		frappe.throw(_("Statutory data are those of customers and suppliers."), title=_("Party Type"))
	rows = [row for row in _rows(party_type, filters.branch) if filters.finding in (None, "", row["finding"])]
	return _columns(party_type), [row | {"finding": _(row["finding"])} for row in rows]


def _rows(party_type: str, branch: str | None) -> Iterator[dict]:
	name_field = f"{party_type.lower()}_name"
	wanted: list[list] = [[party_type, "disabled", "=", 0]]
	if party_type == "Customer":
		wanted.append([party_type, "name", "not in", cash_queries.always_visible()])
	if branch:
		reached = queries.reached_below(party_type, branch)
		wanted.append([queries.ASSIGNMENT, "branch", "in", sorted(reached) or [""]])
	parties = frappe.get_list(
		party_type,
		wanted,
		["name", f"{name_field} as party_name"],
		order_by="name",
		limit_page_length=0,
		distinct=True,
	)
	words = _missing() | _inconsistent()
	for page in create_batch(parties, _PAGE):
		found = statutory_queries.data_of_parties(party_type, [party.name for party in page])
		for party in page:
			for finding, what in _findings(found[party.name]):
				row = {"party": party.name, "party_name": party.party_name, "finding": finding}
				yield {**row, "what": words[what]}


def _findings(data: StatutoryData) -> Iterator[tuple[str, Missing | Discrepancy]]:
	for missing in statutory_rules.missing(data):
		yield MISSING, missing
	for discrepancy in statutory_rules.discrepancies(data):
		yield INCONSISTENT, discrepancy


def _missing() -> dict[Missing, str]:
	return {
		Missing.COUNTRY: _("Country"),
		Missing.ADDRESS: _("Address"),
		Missing.GST_STATE: _("GST State"),
		Missing.GST_CATEGORY: _("GST Category"),
		Missing.GSTIN: _("GSTIN / UIN"),
		Missing.PAN: _("PAN"),
		Missing.CIN: _("CIN"),
		Missing.TAX_ID: _("Tax ID"),
	}


def _inconsistent() -> dict[Discrepancy, str]:
	return {
		Discrepancy.PAN_OF_GSTIN: _("The PAN is not the one within the GSTIN"),
		Discrepancy.GSTIN_ABROAD: _("A GSTIN, though not in India"),
		Discrepancy.GSTIN_OF_OTHER_STATE: _("An address in another state than that of its GSTIN"),
		Discrepancy.GSTIN_OF_NO_ADDRESS: _("No address in the state of the GSTIN"),
		Discrepancy.PAN_OF_ADDRESS: _("The GSTIN of an address is that of another PAN"),
		Discrepancy.CATEGORY_OF_GSTIN: _("The GST category goes without a GSTIN, or needs one"),
		Discrepancy.CATEGORY_OF_COUNTRY: _("The GST category is none of this country"),
		Discrepancy.HOLDER_OF_PAN: _("The PAN is that of another legal form"),
		Discrepancy.HOLDER_OF_CIN: _("A CIN, though the PAN is not that of a company"),
		Discrepancy.HOLDER_OF_LLPIN: _("An LLPIN, though the PAN is not that of a firm"),
		Discrepancy.CIN_AND_LLPIN: _("Both a CIN and an LLPIN"),
	}


def _columns(party_type: str) -> list[dict]:
	return [
		{
			"fieldname": "party",
			"label": _(party_type),
			"fieldtype": "Link",
			"options": party_type,
			"width": 200,
		},
		{"fieldname": "party_name", "label": _("Name"), "fieldtype": "Data", "width": 240},
		{"fieldname": "finding", "label": _("Finding"), "fieldtype": "Data", "width": 120},
		{"fieldname": "what", "label": _("What"), "fieldtype": "Data", "width": 360},
	]
