"""Which suppliers' accounts count for what customers owe: those of netting agreements that say so."""

from collections.abc import Collection

import frappe
from frappe.utils import getdate

from branch_crm.party_netting.agreement_queries import AGREEMENT, is_valid_on

_COUNTING = {"status": "Active", "counts_for_credit": 1}


def suppliers_of(company: str, customers: Collection[str]) -> set[str]:
	"""The suppliers that are netted with these customers today."""
	found = _valid({"company": company, "customer": ["in", list(customers)]})
	return {agreement.supplier for agreement in found}


def customers_of(suppliers: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
	"""By company and supplier, the customer that it is netted with today."""
	found = _valid({"supplier": ["in", sorted({supplier for _company, supplier in suppliers})]})
	return {(agreement.company, agreement.supplier): agreement.customer for agreement in found}


def counting_pairs(company: str) -> list[tuple[str, str]]:
	"""Customer and supplier of each agreement that ever counted in a company."""
	said = {"company": company, "counts_for_credit": 1}
	return frappe.get_all(AGREEMENT, said, ["customer", "supplier"], as_list=True, distinct=True)


def _valid(filters: dict) -> list[frappe._dict]:
	fields = ["company", "customer", "supplier", "valid_from", "valid_to"]
	found = frappe.get_all(AGREEMENT, {**_COUNTING, **filters}, fields)
	return [agreement for agreement in found if is_valid_on(agreement, getdate())]
