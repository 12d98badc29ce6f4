"""Statements of account are looked at and mailed from their run."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from branch_crm.demo import records
from tests.browser.conftest import BACKGROUND

Desk = Callable[..., Page]
Picture = Callable[[Page, str], None]
CUSTOMER, ADDRESS = "Aarohi Hardware", "accounts@aarohi.example"
_CONTACT = """async ([customer, address]) => {
	const contact = {
		doctype: 'Contact', first_name: 'Accounts', is_billing_contact: 1, email_ids: [{ email_id: address, is_primary: 1 }],
		links: [{ link_doctype: 'Customer', link_name: customer }],
	};
	await frappe.xcall('frappe.client.insert', { doc: contact });
}"""


def test_a_statement_is_previewed_and_mailed(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	page.goto("/app/statement-of-account-run/new")
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Statement of Account Run'")
	page.evaluate(_CONTACT, [CUSTOMER, ADDRESS])
	asked = {"company": records.COMPANY, "customer": CUSTOMER, "subject": "Your statement"}
	page.evaluate(
		"(asked) => cur_frm.set_value({ ...asked, from_date: frappe.datetime.add_months(undefined, -6) })",
		asked,
	)
	page.evaluate("() => cur_frm.save()")
	page.wait_for_function("() => !cur_frm.is_new()")
	page.get_by_role("button", name="Preview", exact=True).click()
	found = page.get_by_role("dialog").filter(has_text="Customers: 1")
	expect(found).to_contain_text(CUSTOMER)
	expect(found).to_contain_text(ADDRESS)
	picture(page, "statement-preview")
	found.locator(".btn-modal-close").click()
	expect(found).to_be_hidden()
	page.get_by_role("button", name="Send", exact=True).click()
	page.locator(".modal.show .btn-primary:has-text('Yes')").click()
	page.wait_for_function(
		"() => { cur_frm.reload_doc(); return cur_frm.doc.status === 'Completed'; }",
		polling=2000,
		timeout=BACKGROUND,
	)
	row = page.locator("[data-fieldname=entries] .grid-row").filter(has_text=CUSTOMER)
	expect(row).to_contain_text("Sent")
