"""An order that is refused for credit, the release that is asked for and given, and the order that passes then."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from branch_crm.demo import records, sales_records

Desk = Callable[..., Page]
Picture = Callable[[Page, str], None]
CUSTOMER, BRANCH = "Aarohi Ceramics", "Mumbai"
_NEW = """async ([customer, company, branch, item, field]) => {
	const order = {
		doctype: 'Sales Order', customer, company, [field || frappe.boot.branch_field]: branch, ignore_pricing_rule: 1,
		delivery_date: frappe.datetime.add_days(frappe.datetime.nowdate(), 7), items: [{ item_code: item, qty: 90, rate: 100 }],
	};
	return (await frappe.xcall('frappe.client.insert', { doc: order })).name;
}"""


def _open(page: Page, doctype: str, name: str) -> None:
	page.goto(f"/app/{doctype.lower().replace(' ', '-')}/{name}")
	page.wait_for_function("(name) => window.cur_frm && cur_frm.docname === name", arg=name)


def test_what_is_refused_is_released_by_a_second_person(desk: Desk, picture: Picture) -> None:
	seller = desk("meera")
	seller.goto("/app/sales-order")
	seller.wait_for_function("() => window.frappe && frappe.boot")
	order = seller.evaluate(_NEW, [CUSTOMER, records.COMPANY, BRANCH, sales_records.ITEMS[-1].code, None])
	_open(seller, "Sales Order", order)
	seller.evaluate("() => { cur_frm.savesubmit(); }")
	seller.locator(".modal.show .btn-primary:has-text('Yes')").click()
	refusal = seller.get_by_role("dialog").filter(has_text="too much")
	expect(refusal).to_contain_text("too much")
	picture(seller, "credit-refusal")
	refusal.get_by_role("button", name="Request Release").click()
	seller.locator(".modal.show textarea[data-fieldname=note]").fill("They pay on Friday.")
	seller.locator(".modal.show .btn-primary:has-text('Request')").click()
	expect(seller.locator(".credit-hold")).to_contain_text("Release Requested")
	picture(seller, "credit-requested")
	hold = seller.locator(".credit-hold a").first.inner_text()

	controller = desk("asha")
	controller.goto("/app/credit-hold?status=Release+Requested")
	controller.locator(f".list-row:has-text('{hold}')").wait_for()
	picture(controller, "credit-holds")
	controller.locator(f".list-row:has-text('{hold}') a[data-name]").first.click()
	controller.get_by_role("button", name="Release", exact=True).click()
	controller.locator(".modal.show select[data-fieldname=reason]").select_option("Payment Promised")
	picture(controller, "credit-release")
	controller.locator(".modal.show .btn-primary:has-text('Release')").click()
	controller.wait_for_function("() => cur_frm.doc.status === 'Released'")

	_open(seller, "Sales Order", order)
	expect(seller.locator(".credit-hold")).to_contain_text("Released")
	seller.evaluate("() => { cur_frm.savesubmit(); }")
	seller.locator(".modal.show .btn-primary:has-text('Yes')").click()
	seller.wait_for_function("() => cur_frm.doc.docstatus === 1")
	seller.evaluate("(name) => frappe.xcall('frappe.client.cancel', { doctype: 'Sales Order', name })", order)


def test_the_settings_compare_with_erpnext_before_a_company_is_taken_over(
	desk: Desk, picture: Picture
) -> None:
	page = desk("asha")
	page.goto("/app/credit-settings")
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Credit Settings'")
	page.locator(".inner-group-button:has-text('Taking Over') button").first.click()
	page.locator(".inner-group-button .dropdown-item:has-text('Compare')").click()
	page.locator(".modal.show .btn-primary").click()
	found = page.locator(".credit-comparison")
	expect(found).to_contain_text(CUSTOMER)
	expect(found).to_contain_text("Owed by ERPNext's Check")
	picture(page, "credit-comparison")
