"""Branches as people meet them. The demo company is loaded and scope is on."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import BACKGROUND, PHONE

OWN, FOREIGN = "Indigo Pumps", "Bluebell Hardware"
Desk = Callable[..., Page]
Picture = Callable[[Page, str], None]


def confirm(page: Page) -> None:
	page.locator(".modal.show .btn-modal-primary, .modal.show .btn-primary").last.click()


def test_a_branch_user_sees_his_list(desk: Desk, picture: Picture) -> None:
	page = desk("meera")
	page.goto("/app/customer")
	expect(page.locator(".result .list-row-container .list-row")).to_have_count(7)
	expect(page.get_by_text(OWN).first).to_be_visible()
	expect(page.get_by_text(FOREIGN)).to_have_count(0)
	picture(page, "customer-list")


def test_the_branch_filter_narrows_the_list_to_a_branch_and_below(desk: Desk) -> None:
	page = desk("asha")
	page.goto("/app/customer")
	field = page.locator("[data-fieldname=branch] input")
	field.click()
	field.press_sequentially("West")
	page.locator("[data-fieldname=branch] [role=option]").get_by_text("West Region").first.click()
	expect(page.locator(".list-count")).to_contain_text("of 25")


def test_a_branch_user_does_not_find_a_foreign_customer_in_a_link_field(desk: Desk) -> None:
	page = desk("meera")
	page.goto("/app/quotation/new")
	field = page.locator("[data-fieldname=party_name] input").first
	offered = page.locator("[data-fieldname=party_name] [role=option]")
	field.click()
	field.press_sequentially(OWN[:6])
	expect(offered.filter(has_text=OWN)).to_have_count(1)
	field.fill("")
	field.press_sequentially(FOREIGN[:8])
	expect(offered.filter(has_text="Create a new Customer")).to_be_visible()
	expect(offered.filter(has_text=FOREIGN)).to_have_count(0)


def test_a_foreign_customer_s_address_is_refused(desk: Desk, picture: Picture) -> None:
	page = desk("meera")
	page.goto(f"/app/customer/{FOREIGN}")
	expect(page.get_by_text("I could not find what you were looking for")).to_be_visible()
	picture(page, "refusal")


def test_a_region_s_user_sees_its_branches(desk: Desk, picture: Picture) -> None:
	page = desk("wasim")
	page.goto("/app/branch/view/tree")
	expect(page.get_by_text("West Region", exact=True)).to_be_visible()
	expect(page.get_by_text("Head Office", exact=True)).to_have_count(0)
	page.goto("/app/customer")
	# and CASH
	expect(page.locator(".list-count")).to_contain_text("of 26")
	page.goto("/app/query-report/Branch Customers")
	expect(page.locator(".dt-row").filter(has_text="West Region")).to_contain_text("25")
	expect(page.get_by_text("North Region")).to_have_count(0)
	picture(page, "branch-customers")


def test_a_customer_shows_its_branches_with_their_owners(desk: Desk, picture: Picture) -> None:
	page = desk("meera")
	page.goto("/app/customer/Aarohi Hardware")
	rows = page.locator("[data-fieldname=branches] .grid-body .rows .grid-row")
	expect(rows).to_have_count(3)
	expect(rows.nth(0)).to_contain_text("Delhi")
	expect(rows.nth(1)).to_contain_text("meera@banyan.example")
	picture(page, "customer-branches")


def test_a_new_customer_is_proposed_to_its_creator_s_branch(desk: Desk) -> None:
	page = desk("meera")
	page.goto("/app/customer")
	page.get_by_role("button", name="Add Customer").click()
	page.locator(".modal.show").get_by_role("button", name="Edit Full Form").click()
	rows = page.locator("[data-fieldname=branches] .grid-body .rows .grid-row")
	expect(rows).to_have_count(1)
	expect(rows.first).to_contain_text("Mumbai")


def test_a_new_order_is_proposed_the_branch_of_its_customer(desk: Desk) -> None:
	page = desk("asha")
	page.goto("/app/sales-order/new")
	# the form draws its fields anew while ERPNext fills in what it knows
	page.wait_for_load_state("networkidle")
	customer = page.locator("[data-fieldname=customer] input").first
	customer.click()
	customer.press_sequentially(FOREIGN[:8])
	page.locator("[data-fieldname=customer] [role=option]").get_by_text(FOREIGN).first.click()
	page.wait_for_function("cur_frm.doc.branch === 'Jaipur'")
	page.wait_for_function("cur_frm.brought_by_branch && !frappe.request.ajax_count")
	page.evaluate("cur_frm.scroll_to_field('branch')")
	branch = page.locator("[data-fieldname=branch] input").first
	expect(branch).to_have_value("Jaipur")
	branch.fill("")
	branch.press_sequentially("Mum")
	expect(page.locator("[data-fieldname=branch] [role=option]").filter(has_text="Mumbai")).to_have_count(1)


def test_who_has_no_branch_sees_nothing_and_his_form_says_why(desk: Desk) -> None:
	page = desk("nobody")
	page.goto("/app/customer")
	expect(page.get_by_text("Create your first Customer")).to_be_visible()
	page = desk("asha")
	page.goto("/app/user/nobody@banyan.example")
	expect(page.get_by_text("reaches no branch and sees nothing that belongs to one")).to_be_visible()


def test_the_list_works_on_a_phone(desk: Desk, picture: Picture) -> None:
	page = desk("meera", viewport=PHONE)
	page.goto("/app/customer")
	expect(page.get_by_text(OWN).first).to_be_visible()
	expect(page.get_by_text(FOREIGN)).to_have_count(0)
	picture(page, "customer-list-phone")


def test_head_office_switches_off_builds_a_branch_and_switches_on(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	page.goto("/app/branch-activation")
	page.get_by_role("button", name="Switch Off").click()
	confirm(page)
	expect(page.get_by_text("nobody is limited by branch")).to_be_visible(timeout=BACKGROUND)

	page.goto("/app/branch/view/tree")
	expect(page.locator(".tree-label").filter(has_text="Head Office")).to_be_visible()
	page.get_by_role("button", name="Expand All").click()
	page.locator(".tree-label").filter(has_text="South Region").click()
	page.get_by_role("button", name="Add Child").last.click()
	page.locator(".modal.show [data-fieldname=branch] input").fill("Mysuru")
	page.locator(".modal.show").get_by_role("button", name="Create New").click()
	expect(page.locator(".tree-label").filter(has_text="Mysuru")).to_be_visible()
	picture(page, "branch-tree")

	page.goto("/app/branch-activation")
	meera = page.locator("tr[data-user='meera@banyan.example']")
	expect(meera).to_contain_text("Mumbai", timeout=BACKGROUND)
	page.get_by_role("button", name="Switch On").click()
	expect(page.get_by_text("Choose who sees documents without a branch")).to_be_visible()
	page.locator(".modal.show .btn-modal-close").last.click()
	page.locator("select[data-fieldname=unassigned_visible_to]").select_option("Head Office")
	expect(meera.locator("td").nth(4)).to_have_text("7", timeout=BACKGROUND)
	picture(page, "activation-dry-run")
	page.get_by_role("button", name="Switch On").click()
	confirm(page)
	expect(page.get_by_text("Branch access is on: everybody sees")).to_be_visible()
