"""Customers change their branch from the list, and come back."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

Desk = Callable[..., Page]
Picture = Callable[[Page, str], None]
MOVED = ("Indigo Pumps", "Ganga Textiles")


def choose(dialog: Locator, fieldname: str, value: str) -> None:
	field = dialog.locator(f"[data-fieldname={fieldname}] input")
	field.click()
	# as a person types: the dialog draws its fields anew when the one before is left
	field.press_sequentially(value, delay=150)
	dialog.locator(f"[data-fieldname={fieldname}] [role=option]").filter(has_text=value).first.click()
	# only when the server knows it is it the dialog's
	dialog.page.wait_for_function(
		"([field, value]) => cur_dialog.get_value(field) == value", arg=[fieldname, value]
	)


def branches_of(page: Page, customer: str) -> Locator:
	page.goto(f"/app/customer/{customer}")
	return page.locator("[data-fieldname=branches] .grid-body .rows .grid-row")


def status(page: Page, value: str) -> None:
	"""The worker needs its time, and the form asks every two seconds."""
	expect(
		page.locator(".page-head .indicator-pill, [data-fieldname=status]").get_by_text(value).first
	).to_be_visible(timeout=60_000)


def test_head_office_transfers_selected_customers_and_takes_it_back(desk: Desk, picture: Picture) -> None:
	page = desk("asha")
	homes = {name: branches_of(page, name).first.inner_text() for name in MOVED}
	assert all("Mumbai" in home for home in homes.values()), homes
	page.goto(f"/app/customer?name={json.dumps(['in', ','.join(MOVED)])}")
	rows = page.locator(".result .list-row-container .list-row")
	expect(rows.filter(has_text=MOVED[0])).to_be_visible()
	for name in MOVED:
		rows.filter(has_text=name).locator(".list-row-checkbox").check()
	page.get_by_role("button", name="Actions").click()
	page.get_by_role("link", name="Transfer", exact=True).click()
	dialog = page.locator(".modal.show")
	choose(dialog, "from_branch", "Mumbai")
	choose(dialog, "branch", "Pune")
	dialog.get_by_role("button", name="Count").click()
	expect(dialog).to_contain_text("2 will be changed.")
	picture(page, "transfer-count")
	dialog.get_by_role("button", name="Start").click()
	page.wait_for_url(re.compile("branch-transfer/TRANSFER"))
	status(page, "Completed")
	transfer = page.url
	for name in MOVED:
		expect(branches_of(page, name).first).to_contain_text("Pune")

	page.get_by_role("button", name="View").click()
	page.get_by_role("link", name="Responsible, Since When").click()
	history = page.locator(".modal.show table.responsibility")
	expect(history.locator("tr").filter(has_text="Mumbai").first).to_contain_text("Meera Joshi")
	expect(history.locator("tr").filter(has_text="Pune").first).to_be_visible()
	picture(page, "responsible-since-when")

	page.goto(transfer)
	page.get_by_role("button", name="Undo").click()
	page.locator(".modal.show .btn-primary").last.click()
	status(page, "Undone")
	for name in MOVED:
		expect(branches_of(page, name).first).to_contain_text("Mumbai")


def test_a_manager_transfers_only_where_he_manages(desk: Desk) -> None:
	page = desk("meera")
	page.goto("/app/customer")
	row = page.locator(".result .list-row-container .list-row").filter(has_text=MOVED[0])
	row.locator(".list-row-checkbox").check()
	page.get_by_role("button", name="Actions").click()
	page.get_by_role("link", name="Transfer", exact=True).click()
	dialog = page.locator(".modal.show")
	choose(dialog, "from_branch", "Mumbai")
	offered = dialog.locator("[data-fieldname=branch] [role=option]")
	dialog.locator("[data-fieldname=branch] input").click()
	expect(offered.filter(has_text="Mumbai")).to_be_visible()
	expect(offered.filter(has_text="Pune")).to_have_count(0)
