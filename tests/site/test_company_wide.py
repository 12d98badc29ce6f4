"""What acts on the documents of all branches is for head office."""

from collections.abc import Callable

import frappe
import pytest
from frappe.utils import add_days, nowdate

from branch_crm.branch_access.refusals import ClosedMethodError
from tests.site import documents
from tests.site.company import make_user
from tests.site.documents import COMPANY
from tests.site.http_requests import call, send
from tests.site.strangers import MAIL, THERE, foreign_contact, user

__all__ = ["user"]

DIMENSION = "Accounting Dimension"
OTHER_CRM = "erpnext.crm.frappe_crm_api.create_customer"


def account(root_type: str) -> str:
	filters = {"company": COMPANY, "root_type": root_type, "is_group": 0, "account_type": ["in", ["", None]]}
	return frappe.get_all("Account", filters, pluck="name")[0]


def closing() -> dict:
	"""A voucher that closes the books of this year."""
	today = {"year_start_date": ["<=", nowdate()], "year_end_date": [">=", nowdate()]}
	year = frappe.get_all("Fiscal Year", today, ["name", "year_start_date", "year_end_date"])[0]
	voucher = {"doctype": "Period Closing Voucher", "company": COMPANY, "fiscal_year": year.name}
	voucher |= {"period_start_date": str(year.year_start_date), "period_end_date": str(year.year_end_date)}
	return voucher | {
		"transaction_date": nowdate(),
		"closing_account_head": account("Liability"),
		"remarks": "x",
	}


def restriction() -> dict:
	rule = {"doctype": "Accounting Dimension Filter", "accounting_dimension": "Branch", "company": COMPANY}
	rule |= {"accounts": [{"applicable_on_account": documents.account("Cash")}]}
	forbidden = [{"accounting_dimension": "Branch", "dimension_value": "Agra"}]
	return rule | {"allow_or_restrict": "Restrict", "dimensions": forbidden}


def period() -> dict:
	dates = {"start_date": add_days(nowdate(), -5), "end_date": nowdate()}
	closed = [{"document_type": "Sales Invoice", "closed": 1}]
	return {
		"doctype": "Accounting Period",
		"period_name": "p",
		"company": COMPANY,
		**dates,
		"closed_documents": closed,
	}


def deferral() -> dict:
	dates = {"start_date": add_days(nowdate(), -90), "end_date": add_days(nowdate(), -20)}
	booked = {"doctype": "Process Deferred Accounting", "company": COMPANY, "type": "Income"}
	return {**booked, "posting_date": nowdate(), **dates}


@pytest.mark.parametrize("made", [closing, restriction, period, deferral])
def test_nobody_books_for_all_branches(user: str, made: Callable[[], dict]) -> None:
	documents.sales("Sales Invoice", THERE, branch="Agra")
	answer = call(user, "frappe.client.insert", doc={**made(), "docstatus": 1 if made is closing else 0})
	assert answer.status == 403 and "Ask head office" in answer.text


def test_nobody_opens_the_books_of_all_branches_again(user: str) -> None:
	documents.sales("Sales Invoice", THERE, branch="Agra")
	voucher = frappe.get_doc(closing()).insert()
	voucher.submit()
	call(user, "frappe.client.cancel", doctype=voucher.doctype, name=voucher.name)
	assert voucher.get_db_value("docstatus") == 1


@pytest.mark.parametrize("change", [{"disabled": 1}, {"fieldname": "other"}])
def test_nobody_changes_the_dimension_of_branches(user: str, change: dict) -> None:
	name = frappe.db.get_value(DIMENSION, {"document_type": "Branch"})
	assert send(user, "PUT", f"/api/resource/{DIMENSION}/{name}", **change).status == 403


def test_nobody_deletes_the_dimension_of_branches(user: str) -> None:
	name = frappe.db.get_value(DIMENSION, {"document_type": "Branch"})
	assert call(user, "frappe.client.delete", doctype=DIMENSION, name=name).status == 403
	assert frappe.db.exists(DIMENSION, name)


def test_nobody_closes_the_columns_of_the_dimension(user: str) -> None:
	path = "erpnext.accounts.doctype.accounting_dimension.accounting_dimension.disable_dimension"
	dimension = frappe.get_doc(DIMENSION, {"document_type": "Branch"})
	asked = {"name": dimension.name, "fieldname": dimension.fieldname, "disabled": 1}
	with pytest.MonkeyPatch.context() as patched:
		patched.setitem(frappe.flags, "in_test", True)
		assert call(user, path, doc=frappe.as_json(asked)).status == 403


def test_the_customer_of_another_crm_takes_no_contact_of_others(user: str) -> None:
	contact = foreign_contact()
	found = frappe.as_json([{"email": MAIL, "full_name": "x"}])
	call(user, OTHER_CRM, customer_name="Zq Mine", contacts=found)
	links = frappe.get_all("Dynamic Link", {"parenttype": "Contact", "parent": contact}, pluck="link_name")
	assert links == [THERE]


@pytest.mark.parametrize("party", [THERE, "Zq Made"])
def test_nor_gets_it_contacts_or_is_made_without_the_right(user: str, party: str) -> None:
	clerk = make_user("clerk", "Delhi", roles=("Projects User",))
	before = frappe.db.count("Contact"), frappe.db.count("Customer")
	new = frappe.as_json([{"email": "new@x.example", "full_name": "new"}])
	for person in (user, clerk):
		call(person, OTHER_CRM, customer_name=party, contacts=new)
	assert (frappe.db.count("Contact"), frappe.db.count("Customer")) == before


@pytest.mark.parametrize(
	"path",
	[
		"erpnext.regional.italy.utils.export_invoices",
		"erpnext.regional.report.irs_1099.irs_1099.irs_1099_print",
	],
)
def test_nobody_sends_off_the_documents_of_all_branches(user: str, path: str) -> None:
	assert isinstance(call(user, path, filters="{}").refusal, ClosedMethodError)
