"""Values that ERPNext writes into its queries as they are hold no part of a query."""

import frappe
import pytest
from frappe.utils import nowdate

from branch_crm.branch_access import own_rows_api
from tests.site import documents, goods
from tests.site.company import as_user
from tests.site.documents import COMPANY, ITEM
from tests.site.http_requests import call
from tests.site.strangers import NOT_THERE, QUERIES, REQUESTS, RFQ, THERE, bought, same, searched, user

__all__ = ["user"]


@pytest.mark.parametrize("via_link", [True, False])
def test_sql_in_the_kind_of_a_blanket_order(user: str, via_link: bool) -> None:
	sql = "x' union select name, tax_id, owner from tabCustomer c join (select 'x' company, 1 docstatus) bo where '1'='1"
	filters = {"item": "x", "company": "x", "blanket_order_type": sql}
	assert "ZQSECRET" not in searched(user, f"{QUERIES}get_blanket_orders", filters, via_link=via_link).text


@pytest.mark.parametrize("via_link", [True, False])
def test_sql_in_a_number(user: str, via_link: bool) -> None:
	answers = [
		searched(
			user,
			f"{QUERIES}get_income_account",
			{"disabled": f"(select count(*) from tabCustomer where name = '{guess}')"},
			via_link=via_link,
		)
		for guess in (THERE, NOT_THERE)
	]
	assert same(*answers)


@pytest.mark.parametrize("path", [RFQ, REQUESTS])
def test_sql_in_what_is_typed(user: str, path: str) -> None:
	bought()
	texts = [
		f"zz%%' or exists(select 1 from tabCustomer where name = '{guess}') and '1' like '%%1"
		for guess in (THERE, NOT_THERE)
	]
	assert same(*(searched(user, path, {"supplier": "Zq Maker", "company": COMPANY}, text) for text in texts))


def if_there(guess: str) -> str:
	"""A date, and an error of the database where there is no such customer."""
	asks = f"exists(select 1 from tabCustomer where name='{guess}')"
	return f"2000-01-01' and extractvalue(1, if({asks}, '/a', '!'))='"


OUTSTANDING = "erpnext.accounts.doctype.payment_entry.payment_entry.get_outstanding_reference_documents"


def test_sql_in_a_unit(user: str) -> None:
	rule = {
		"doctype": "Pricing Rule",
		"title": "Zq",
		"apply_on": "Item Code",
		"selling": 1,
		"company": COMPANY,
	}
	rule |= {"items": [{"item_code": ITEM}], "price_or_product_discount": "Price", "currency": "INR"}
	frappe.get_doc({**rule, "rate_or_discount": "Discount Percentage", "discount_percentage": 1}).insert()
	answers = []
	for guess in (THERE, NOT_THERE):
		asks = f"exists(select 1 from tabCustomer where name='{guess}')"
		unit = f"x' or extractvalue(1, if({asks}, '/a', '!'))='"
		row = {"doctype": "Sales Order Item", "name": "x", "item_code": ITEM, "uom": unit, "qty": 1}
		asked = {"items": [{**row, "parenttype": "Sales Order"}], "customer": "Zq Mine", "currency": "INR"}
		asked |= {"conversion_rate": 1, "price_list": "Standard Selling", "price_list_currency": "INR"}
		asked |= {"plc_conversion_rate": 1, "company": COMPANY, "transaction_date": nowdate()}
		asked |= {"doctype": "Sales Order", "transaction_type": "selling", "ignore_pricing_rule": 0}
		method = "erpnext.accounts.doctype.pricing_rule.pricing_rule.apply_pricing_rule"
		answers.append(call(user, method, args=asked))
	assert same(*answers)


def test_no_sql_in_a_dimension(user: str) -> None:
	args = {"party_type": "Customer", "party": "Zq Mine", "company": COMPANY, "posting_date": nowdate()}
	args |= {"party_account": documents.account("Receivable"), "get_outstanding_invoices": 1}
	with as_user(user):
		assert own_rows_api.get_outstanding_reference_documents({**args, "branch": "Delhi"}) is not None
		with pytest.raises(frappe.PermissionError, match="Quotes"):
			own_rows_api.get_outstanding_reference_documents({**args, "branch": "Delhi' or 1=1 or '"})


def test_no_sql_in_the_kind_of_a_party(user: str) -> None:
	asked = {"party": "Zq Mine", "company": COMPANY, "posting_date": nowdate()}
	for method in ("set_taxes", "get_party_details"):
		for kind in ("Customer'", "customer, '') = '' or 1=1 or coalesce(customer"):
			assert call(user, f"erpnext.accounts.party.{method}", party_type=kind, **asked).status == 403


def test_sql_in_the_expiry_of_points(user: str) -> None:
	program = {"doctype": "Loyalty Program", "loyalty_program_name": "Zq LP", "from_date": "2020-01-01"}
	program |= {"company": COMPANY, "conversion_factor": 1}
	rules = [{"tier_name": "A", "collection_factor": 1, "min_spent": 0}]
	program = frappe.get_doc({**program, "collection_rules": rules}).insert()
	frappe.db.set_value("Customer", "Zq Mine", "loyalty_program", program.name)
	secret = f"(select tax_id, name customer from tabCustomer where name = '{THERE}')"
	sql = f"2000-01-01' and 1=0 group by customer union select tax_id, 1 from {secret}"
	answer = call(
		user,
		"erpnext.accounts.doctype.loyalty_program.loyalty_program.get_loyalty_program_details_with_points",
		customer="Zq Mine",
		loyalty_program=program.name,
		expiry_date=f"{sql} c where '1'='1",
	)
	assert "ZQSECRET" not in answer.text


@pytest.mark.parametrize("begin", ["x", "new-material-request-item-x"])
def test_no_sql_in_what_an_invoice_settles(user: str, begin: str) -> None:
	"""It would write into the rows of all, whose names nobody has to know."""
	name, _quoted = bought()
	invoice = {"doctype": "Purchase Invoice", "supplier": "Zq Maker", "company": COMPANY, "branch": "Delhi"}
	invoice |= {"update_stock": 1, "bill_no": "1", "posting_date": nowdate(), "due_date": nowdate()}
	item = {"item_code": ITEM, "qty": 3, "rate": 1, "warehouse": goods.warehouse()}
	item["material_request_item"] = f"{begin}' or parent like '%"
	made = call(user, "frappe.client.insert", doc={**invoice, "items": [item]})
	if made.status == 200:
		made = call(user, "frappe.client.submit", doc=made.message)
	(row,) = frappe.get_all("Material Request Item", {"parent": name}, ["received_qty"])
	assert row.received_qty == 0


@pytest.mark.parametrize(
	"method", ["erpnext.accounts.party.set_taxes", "erpnext.accounts.party.get_party_details", OUTSTANDING]
)
def test_sql_in_dates(user: str, method: str) -> None:
	party = {"party_type": "Customer", "party": "Zq Mine", "company": COMPANY}
	answers = []
	for guess in (THERE, NOT_THERE):
		asked = {**party, "posting_date": if_there(guess)}
		if method == OUTSTANDING:
			dated = {"posting_date": nowdate(), "from_posting_date": if_there(guess)}
			account = {"party_account": documents.account("Receivable"), "get_outstanding_invoices": 1}
			asked = {"args": {**party, **dated, **account}}
		answers.append(call(user, method, **asked))
	assert same(*answers)
