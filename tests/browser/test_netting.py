"""From the form of a customer who is also a supplier to the printed statement."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from branch_crm.demo.netting_records import PAIR

Desk = Callable[..., Page]
Picture = Callable[[Page, str], None]


def _form_of(page: Page, doctype: str) -> None:
	page.wait_for_function(
		"(doctype) => window.cur_frm && cur_frm.doctype === doctype && !cur_frm.is_dirty()", arg=doctype
	)


def _press(page: Page, label: str) -> None:
	page.locator(".page-actions").get_by_role("button", name=label, exact=True).click()


def test_ram_is_settled_from_the_customer_to_the_statement(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	page.goto(f"/app/customer/{PAIR.party}")
	position = page.locator(".net-position")
	expect(position).to_contain_text("1,24,000.00")
	expect(position).to_contain_text("82,000.00")
	expect(position).to_contain_text("42,000.00")
	page.get_by_role("button", name="Receive Balance").scroll_into_view_if_needed()
	picture(page, "net-position")

	page.get_by_role("button", name="Receive Balance").click()
	page.wait_for_function("window.cur_frm && cur_frm.doctype === 'Payment Entry' && cur_frm.is_new()")
	paid = page.evaluate(
		"[cur_frm.doc.paid_amount, cur_frm.doc.references.map((row) => row.allocated_amount)]"
	)
	assert paid == [42000, [42000]]

	agreement = page.evaluate(
		"(customer) => frappe.db.get_value('Netting Agreement', { customer }, 'name')", PAIR.party
	)["message"]["name"]
	page.goto(f"/app/netting-agreement/{agreement}")
	_form_of(page, "Netting Agreement")
	_press(page, "Propose Settlement")
	_form_of(page, "Netting Settlement")
	expect(page.locator("[data-fieldname=receivables] .grid-row").nth(1)).to_contain_text("82,000.00")
	picture(page, "netting-proposal")
	_press(page, "Submit")
	page.locator(".modal.show").get_by_role("button", name="Yes").click()
	page.wait_for_function("cur_frm.doc.status === 'Settled'")

	settlement = page.evaluate("cur_frm.docname")
	page.goto(f"/printview?doctype=Netting%20Settlement&name={settlement}&format=Netting%20Statement")
	statement = page.locator(".print-format")
	for said in ("Netting Statement", PAIR.party, "Eighty Two Thousand", "Opening", "Closing"):
		expect(statement).to_contain_text(said)
	picture(page, "netting-statement")

	page.goto(f"/app/customer/{PAIR.party}")
	expect(page.locator(".net-position")).to_contain_text("42,000.00")
	expect(page.locator(".net-position")).not_to_contain_text("82,000.00")

	page.goto(f"/app/netting-settlement/{settlement}")
	_form_of(page, "Netting Settlement")
	page.evaluate(
		"frappe.xcall('frappe.desk.form.save.cancel', { doctype: cur_frm.doctype, name: cur_frm.docname })"
	)
	page.goto(f"/app/customer/{PAIR.party}")
	expect(page.locator(".net-position")).to_contain_text("1,24,000.00")
