"""A customer's form says what is wrong, and a dealer's quotation has a dealer's price."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from branch_crm.demo import sales_records

Desk = Callable[..., Page]
Picture = Callable[[Page, str], None]
CUSTOMER = "Indigo Pumps"
WRONG = "27AAPFU0939F1ZO"


def opened(page: Page, route: str) -> None:
	page.goto(f"/app/{route}")
	expect(page.locator(".page-head .title-text").first).to_be_visible()
	page.wait_for_function("window.cur_frm && !cur_frm.is_new() && cur_frm.fields_dict.gstin")


def chosen(page: Page, fieldname: str, value: str) -> None:
	field = page.locator(f".frappe-control[data-fieldname={fieldname}] input").first
	field.click()
	field.fill("")
	field.press_sequentially(value, delay=100)
	options = page.locator(f".frappe-control[data-fieldname={fieldname}] [role=option]")
	options.filter(has_text=value).first.click()
	page.wait_for_function("([field, value]) => cur_frm.doc[field] == value", arg=[fieldname, value])


def save(page: Page) -> None:
	page.keyboard.press("Control+s")


def test_type_category_and_number_on_the_form(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	opened(page, f"customer/{CUSTOMER}")
	chosen(page, "trade_type", "Dealer")
	chosen(page, "customer_category", "Cooperatives")
	picture(page, "customer-form")
	save(page)
	expect(page.locator(".page-head .indicator-pill").filter(has_text="Not Saved")).to_be_hidden()

	page.get_by_role("tab", name="Tax").click()
	number = page.locator(".frappe-control[data-fieldname=gstin] input").first
	before = number.input_value()
	number.fill(WRONG)
	save(page)
	refusal = page.locator(".modal.show .msgprint")
	expect(refusal).to_contain_text("its last one does not fit the others")
	expect(refusal).not_to_contain_text(WRONG)
	picture(page, "customer-gstin")
	page.keyboard.press("Escape")
	expect(number).to_have_value(WRONG)
	number.fill(before)
	save(page)
	expect(page.locator(".page-head .indicator-pill").filter(has_text="Not Saved")).to_be_hidden()


def test_a_dealer_is_quoted_its_price_and_another_the_list_price(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	opened(page, f"customer/{CUSTOMER}")
	item = sales_records.ITEMS[0].code
	price = {"doctype": "Trade Price", "trade_type": "Dealer", "applies_to": item, "discount_percentage": 25}
	page.evaluate("(doc) => frappe.db.insert(doc)", {**price, "apply_on": "Item"})
	page.evaluate("(name) => frappe.db.set_value('Customer', name, 'trade_type', 'Dealer')", CUSTOMER)
	page.goto("/app/quotation/new")
	page.wait_for_function("window.cur_frm && cur_frm.doctype == 'Quotation' && cur_frm.is_new()")
	page.evaluate(
		"""async ([customer, item]) => {
			await cur_frm.set_value("party_name", customer);
			await frappe.after_ajax();
			const row = cur_frm.doc.items[0] || cur_frm.add_child("items");
			await frappe.model.set_value(row.doctype, row.name, "item_code", item);
			await frappe.after_ajax();
		}""",
		[CUSTOMER, item],
	)
	page.wait_for_function("cur_frm.doc.trade_type == 'Dealer'")
	page.wait_for_function("cur_frm.doc.items[0].discount_percentage == 25")
	picture(page, "quotation-of-a-dealer")
	page.evaluate("() => cur_frm.set_value('party_name', 'Bluebell Hardware')")
	page.wait_for_function("!cur_frm.updating_party_details")
	page.wait_for_function("cur_frm.doc.trade_type != 'Dealer'")
	page.wait_for_function("!cur_frm.doc.items[0].discount_percentage")


def test_the_report_shows_groups_of_categories_with_what_is_below(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	page.goto("/app/query-report/Sales by Type and Category?group_by=Customer Category&then_by=Trade Type")
	rows = page.locator(".dt-row")
	for category in ("Aarohi Group", "Aarohi Engineering", "Himalaya Exports"):
		expect(rows.filter(has_text=category).first).to_be_visible()
	picture(page, "sales-by-category")


def test_the_list_of_prices_says_what_is_paid_and_where(desk: Desk) -> None:
	page = desk("asha")
	page.goto("/app/trade-price")
	rows = page.locator(".list-row").filter(has_text="PUMP-10")
	expect(rows.filter(has_text="Dealer in Pune")).to_contain_text("6,050")
