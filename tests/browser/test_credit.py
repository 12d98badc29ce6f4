"""What a customer owes and may owe, from its form to a new order, and a limit that a second person approves."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from branch_crm.demo import records
from branch_crm.demo.netting_records import PAIR

Desk = Callable[..., Page]
Picture = Callable[[Page, str], None]
_NEW = """async ([party, company]) => {
	await cur_frm.set_value({ party_type: 'Customer', company, credit_limit: 130000 });
	await cur_frm.set_value('party', party);
	await cur_frm.save();
}"""


def _form_of(page: Page, doctype: str) -> None:
	page.wait_for_function("(doctype) => window.cur_frm && cur_frm.doctype === doctype", arg=doctype)


def test_a_limit_is_seen_on_the_customer_and_on_a_new_order(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	page.goto("/app/credit-profile/new")
	_form_of(page, "Credit Profile")
	page.evaluate(_NEW, [PAIR.party, records.COMPANY])
	profile = page.evaluate("cur_frm.docname")

	page.goto(f"/app/customer/{PAIR.party}")
	position = page.locator(".credit-position")
	position.wait_for(state="attached")
	page.evaluate("cur_frm.scroll_to_field('credit_position')")
	for said in ("May Buy", "1,30,000.00", "6,000.00", "1,24,000.00"):
		expect(position).to_contain_text(said)
	picture(page, "credit-position")
	position.locator("[data-component=receivable]").click()
	expect(page.locator(".credit-documents")).to_contain_text("1,24,000.00")
	page.keyboard.press("Escape")

	page.goto("/app/sales-order/new")
	_form_of(page, "Sales Order")
	page.evaluate("(customer) => cur_frm.set_value('customer', customer)", PAIR.party)
	expect(page.locator(".credit-headline")).to_contain_text("6,000.00")
	picture(page, "credit-headline")
	page.evaluate("(customer) => cur_frm.set_value('customer', customer)", records.CUSTOMERS[0].name)
	# without a limit it says what is overdue
	expect(page.locator(".credit-headline")).to_contain_text("overdue")

	page.evaluate(
		"(name) => frappe.xcall('frappe.client.delete', { doctype: 'Credit Profile', name })", profile
	)
