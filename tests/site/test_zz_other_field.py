"""An accounting dimension on Branch that was there before the app, whatever its field is called, is the one used."""

from collections.abc import Iterator

import frappe
import pytest
from erpnext.accounts.doctype.accounting_dimension.accounting_dimension import (
	delete_accounting_dimension,
	get_checks_for_pl_and_bs_accounts,
	make_dimension_in_accounting_doctypes,
)

from branch_crm.branch_access import document_api, registry
from branch_crm.branch_access.refusals import OutOfScopeError
from branch_crm.demo.records import COMPANY
from tests.site import documents
from tests.site.commands import bench
from tests.site.company import (
	as_user,
	counted,
	found,
	listed,
	make_customer,
	make_tree,
	make_user,
	opened,
	switch_on,
)

ROLES = ("Sales User", "Sales Manager", "Accounts User", "Accounts Manager")


@pytest.fixture(scope="module", autouse=True)
def outlets() -> Iterator[None]:
	"""A site whose administrator made the dimension "Outlet" himself; as it was before, afterwards."""
	bench("uninstall-app", "branch_crm", "--yes", "--no-backup")
	_replace_dimension("Outlet")
	bench("install-app", "branch_crm")
	yield
	bench("uninstall-app", "branch_crm", "--yes", "--no-backup")
	_replace_dimension(None)
	bench("install-app", "branch_crm")


def _replace_dimension(label: str | None) -> None:
	for name in frappe.get_all("Accounting Dimension", {"document_type": "Branch"}, pluck="name"):
		doc = frappe.get_doc("Accounting Dimension", name)
		delete_accounting_dimension(doc)
		frappe.db.delete("Accounting Dimension", {"name": name})
		frappe.db.delete("Accounting Dimension Detail", {"parent": name})
	if label:
		values = {"doctype": "Accounting Dimension", "document_type": "Branch", "label": label}
		make_dimension_in_accounting_doctypes(frappe.get_doc(values).insert())
	frappe.db.commit()


@pytest.fixture
def delhi() -> str:
	make_tree()
	documents.make_item()
	make_customer("Two", "Mumbai", "Delhi")
	user = make_user("delhi", "Delhi", roles=ROLES)
	switch_on()
	return user


def test_the_field_is_asked_and_never_assumed(delhi: str) -> None:
	assert registry.branch_field() == "outlet"
	for doctype in (*registry.column_doctypes(), "Sales Invoice Item", "Journal Entry Account"):
		meta = frappe.get_meta(doctype)
		assert meta.get_field("outlet").options == "Branch", doctype
		if doctype != "Event":
			assert not meta.has_field("branch"), doctype


def test_tills_are_closed_by_branch_in_every_company(delhi: str) -> None:
	"""ERPNext consolidates by the dimensions that it finds here."""
	known = {(row.company, row.fieldname) for row in get_checks_for_pl_and_bs_accounts()}
	assert {(company, "outlet") for company in frappe.get_all("Company", pluck="name")} <= known


def test_from_quotation_to_ledger_the_branch_is_there(delhi: str) -> None:
	with as_user(delhi):
		quotation = documents.sales("Quotation", "Two")
		order = documents.make_sales_order(quotation.name)
		order.delivery_date = quotation.transaction_date
		order.insert().submit()
		invoice = documents.make_sales_invoice(order.name).insert()
		invoice.submit()
		with pytest.raises(OutOfScopeError):
			documents.sales("Sales Order", "Two", outlet="Mumbai")
		draft = {"doctype": "Sales Order", "customer": "Two", "company": COMPANY}
		assert document_api.proposed_branch(draft) == "Delhi"
	for doc in (quotation, order, invoice):
		assert doc.outlet == "Delhi"
	assert {row.outlet for row in invoice.items} == {"Delhi"}
	for ledger in ("GL Entry", "Payment Ledger Entry"):
		assert set(frappe.get_all(ledger, {"voucher_no": invoice.name}, pluck="outlet")) == {"Delhi"}


def test_everybody_sees_his_documents_on_every_path(delhi: str) -> None:
	own, foreign = (
		documents.sales("Sales Invoice", "Two", outlet=place).name for place in ("Delhi", "Mumbai")
	)
	journals = {
		place: documents.journal(
			{"account": documents.account("Cash"), "debit_in_account_currency": 5, "outlet": place},
			{"account": documents.account("Round Off"), "credit_in_account_currency": 5, "outlet": place},
		).name
		for place in ("Delhi", "Mumbai")
	}
	assert listed(delhi, "Sales Invoice") == opened(delhi, "Sales Invoice", {own, foreign}) == {own}
	assert found(delhi, own[:4], "Sales Invoice") == {own}
	assert counted(delhi, "Sales Invoice") == 1
	both = set(journals.values())
	assert (
		listed(delhi, "Journal Entry") & both == opened(delhi, "Journal Entry", both) == {journals["Delhi"]}
	)
