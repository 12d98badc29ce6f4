"""A customer is archived instead of deleted, restored, and its double is merged where one sees first what moves."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_transfer import choose

Desk = Callable[..., Page]
Picture = Callable[[Page, str], None]
CUSTOMER, OTHER = "Indigo Pumps", "Ganga Textiles"


def menu(page: Page) -> None:
	page.locator(".page-head:visible .menu-btn-group > button").click()


def form_of(page: Page, customer: str) -> None:
	page.goto(f"/app/customer/{customer}")
	expect(page.locator("[data-fieldname=branches] .grid-body .rows .grid-row").first).to_be_attached()


def test_a_customer_is_archived_and_restored_and_no_deletion_is_offered(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	form_of(page, CUSTOMER)
	menu(page)
	entries = page.locator(".page-head:visible .dropdown-menu.show")
	expect(entries.get_by_text("Archive…")).to_be_visible()
	expect(entries.get_by_text("Delete", exact=True)).to_have_count(0)
	entries.get_by_text("Archive…").click()
	dialog = page.locator(".modal.show")
	dialog.locator("textarea").fill("Closed its shop")
	dialog.get_by_role("button", name="Archive").click()
	headline = page.locator(".form-message, .form-dashboard .alert, .form-dashboard-headline").filter(
		has_text="Closed its shop"
	)
	expect(headline.first).to_be_visible()
	picture(page, "archived-customer")
	page.get_by_role("button", name="Restore").click()
	expect(page.get_by_role("button", name="Restore")).to_have_count(0)
	expect(headline).to_have_count(0)


def test_the_dialog_of_a_merge_shows_first_what_moves(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	form_of(page, CUSTOMER)
	menu(page)
	page.locator(".page-head:visible .dropdown-menu.show").get_by_text("Merge Into…").click()
	dialog = page.locator(".modal.show")
	choose(dialog, "into_name", OTHER)
	expect(dialog).to_contain_text("This moves")
	expect(dialog).to_contain_text("Contact")
	expect(dialog.get_by_role("button", name="Merge")).to_be_enabled()
	picture(page, "merge-preview")


def test_who_is_limited_by_branch_is_offered_no_merge(desk: Desk) -> None:
	page = desk("meera")
	form_of(page, CUSTOMER)
	menu(page)
	entries = page.locator(".page-head:visible .dropdown-menu.show")
	expect(entries.get_by_text("Archive…")).to_be_visible()
	expect(entries.get_by_text("Merge Into…")).to_have_count(0)
