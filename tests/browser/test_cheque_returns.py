"""A cheque that came back is entered from its receipt."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from branch_crm.demo import records

Desk = Callable[..., Page]
Picture = Callable[[Page, str], None]
CUSTOMER = "Aarohi Ceramics"
_RECEIPT = """async ([customer, company]) => {
	const found = (await frappe.db.get_value('Company', company, ['default_receivable_account', 'abbr'])).message;
	const receipt = {
		doctype: 'Payment Entry', payment_type: 'Receive', company, party_type: 'Customer', party: customer,
		paid_from: found.default_receivable_account, paid_to: `Bank Account - ${found.abbr}`, paid_amount: 700,
		received_amount: 700, source_exchange_rate: 1, target_exchange_rate: 1, reference_no: '900001',
		reference_date: frappe.datetime.nowdate(), [frappe.boot.branch_field || 'branch']: 'Mumbai',
	};
	const { name } = await frappe.xcall('frappe.client.insert', { doc: receipt });
	await frappe.xcall('frappe.client.submit', { doc: await frappe.db.get_doc('Payment Entry', name) });
	return name;
}"""


def test_a_cheque_is_returned_from_its_receipt(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	page.goto("/app/payment-entry")
	page.wait_for_function("() => window.frappe && frappe.boot")
	receipt = page.evaluate(_RECEIPT, [CUSTOMER, records.COMPANY])
	page.goto(f"/app/payment-entry/{receipt}")
	page.wait_for_function("(name) => window.cur_frm && cur_frm.docname === name", arg=receipt)
	page.locator(".inner-group-button:has-text('Create') button").first.click()
	page.locator(".inner-group-button .dropdown-item:has-text('Cheque Returned')").click()
	page.wait_for_function(
		"() => window.cur_frm && cur_frm.doctype === 'Cheque Return' && cur_frm.doc.customer"
	)
	page.evaluate(
		"() => cur_frm.set_value({ reason: 'Payment Stopped', bank_charge: 250, customer_charge: 250 })"
	)
	page.evaluate("() => cur_frm.save()")
	page.wait_for_function("() => !cur_frm.is_new()")
	picture(page, "cheque-return")
	page.evaluate("() => { cur_frm.savesubmit(); }")
	page.locator(".modal.show .btn-primary:has-text('Yes')").click()
	page.wait_for_function("() => cur_frm.doc.docstatus === 1 && cur_frm.doc.journal_entry")
	returned = page.evaluate("() => cur_frm.docname")
	page.goto(f"/app/payment-entry/{receipt}")
	expect(page.locator("[data-fieldname=cheque_return] .control-value")).to_contain_text(returned)
	page.evaluate(
		"(name) => frappe.xcall('frappe.client.cancel', { doctype: 'Cheque Return', name })", returned
	)
