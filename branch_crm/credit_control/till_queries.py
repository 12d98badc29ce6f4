"""What sales at tills contribute to what customers owe, as long as no invoice has taken them over."""

from collections.abc import Collection
from decimal import Decimal

import frappe

from branch_crm.branch_access import queries as access_queries
from branch_crm.credit_control.entry_rules import Component, Contributions, Place
from branch_crm.party_netting.queries import exact

SALE = "POS Invoice"


def of_sales(names: Collection[str]) -> Contributions:
	"""What each of these contributes, by place."""
	return _open({"name": ["in", list(names)]}) if names else {}


def of_customers(company: str, customers: Collection[str]) -> Contributions:
	return _open({"company": company, "customer": ["in", list(customers)]})


def _open(filters: dict) -> Contributions:
	rows = frappe.get_all(
		SALE,
		{
			**filters,
			"docstatus": 1,
			"consolidated_invoice": ["is", "not set"],
			"outstanding_amount": ["!=", 0],
		},
		[
			"name",
			"company",
			"customer",
			"outstanding_amount",
			"conversion_rate",
			access_queries.branch_field(),
		],
	)
	return {
		Place(
			SALE,
			row.name,
			Component.TILL_SALES.value,
			row.company,
			row.customer,
			row[access_queries.branch_field()] or "",
		): _in_company_currency(row)
		for row in rows
	}


def _in_company_currency(row: frappe._dict) -> Decimal:
	return exact(exact(row.outstanding_amount) * Decimal(str(row.conversion_rate or 1)))
