"""A manager builds the team of his branch, and scope follows."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

Desk = Callable[..., Page]


def rows_of(page: Page) -> Locator:
	return page.locator("[data-fieldname=team] .grid-body .rows .grid-row")


def open_team(page: Page) -> None:
	page.goto("/app/branch/Mumbai")
	expect(rows_of(page).first).to_be_visible()
	page.wait_for_load_state("networkidle")


def save(page: Page) -> None:
	page.get_by_role("button", name="Save", exact=True).click()
	expect(page.get_by_text("Saved", exact=True).last).to_be_visible()


def expect_customers(page: Page, number: int) -> None:
	page.goto("/app/customer")
	if number:
		expect(page.locator(".list-count")).to_contain_text(f"of {number}")
	else:
		expect(page.get_by_text("Create your first Customer")).to_be_visible()


def test_a_manager_takes_somebody_into_his_team_and_lets_him_go(desk: Desk) -> None:
	expect_customers(desk("nobody"), 0)
	manager = desk("meera")
	open_team(manager)
	before = rows_of(manager).count()
	manager.locator("[data-fieldname=team] .grid-add-row").click()
	row = rows_of(manager).last
	row.locator("[data-fieldname=user]").first.click()
	row.locator("[data-fieldname=user] input").press_sequentially("nobody")
	manager.locator("[data-fieldname=user] [role=option]").get_by_text("nobody@banyan.example").first.click()
	row.locator("[data-fieldname=function]").first.click()
	row.locator("[data-fieldname=function] select").select_option("Sales")
	save(manager)
	manager.evaluate("cur_frm.scroll_to_field('team')")
	expect_customers(desk("nobody"), 7)

	open_team(manager)
	expect(rows_of(manager)).to_have_count(before + 1)
	rows_of(manager).last.locator(".grid-row-check").check()
	manager.locator("[data-fieldname=team] .grid-remove-rows").click()
	save(manager)
	expect_customers(desk("nobody"), 0)


def test_a_manager_keeps_only_his_own_teams(desk: Desk) -> None:
	page = desk("rohan")
	open_team(page)
	expect(page.locator("[data-fieldname=team] .grid-add-row")).to_be_hidden()
