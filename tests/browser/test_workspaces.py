"""The workspaces as head office and the manager of a branch meet them, and the figures on the form of a branch."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from branch_crm.demo import sales_records, service_records
from tests.browser.conftest import DESKTOP, PHONE

Desk = Callable[..., Page]
Picture = Callable[[Page, str], None]
TALL = {**DESKTOP, "height": 1300}
# two points of different height
RISEN = re.compile(r",([\d.]+)L.*,(?!\1(?:L|$))")
OPEN = ("Open", "Replied", "On Hold")


def number(page: Page, label: str) -> Locator:
	card = page.locator(".number-widget-box", has=page.get_by_text(label, exact=True))
	return card.locator(".number")


def issues(branch: str | None = None) -> str:
	found = [one for one in service_records.ISSUES if one.status in OPEN and branch in (None, one.branch)]
	return str(len(found))


def drawn(page: Page) -> None:
	"""Every card has its number, every chart its picture; the line rises from the ground."""
	expect(page.locator(".dashboard-widget-box svg.frappe-chart")).to_have_count(3)
	months = page.locator(".dashboard-widget-box").filter(has_text="New Customers by Month")
	expect(months.locator(".line-graph-path").first).to_have_attribute("d", RISEN)
	expect(page.locator(".number-card-loading")).to_have_count(0)


@pytest.mark.parametrize("size", [TALL, PHONE], ids=["desktop", "phone"])
def test_head_office_s_workspace_counts_all_branches(desk: Desk, picture: Picture, size: dict) -> None:
	page = desk("asha", viewport=size)
	page.goto("/app/branch-head-office")
	expect(number(page, "Customers")).to_have_text("61")
	expect(number(page, "Open Issues")).to_have_text(issues())
	expect(page.locator(".shortcut-widget-box").filter(has_text="Branch Activation")).to_be_visible()
	drawn(page)
	if size is TALL:
		picture(page, "workspace-head-office")


@pytest.mark.parametrize("size", [TALL, PHONE], ids=["desktop", "phone"])
def test_a_manager_s_workspace_counts_his_branch(desk: Desk, picture: Picture, size: dict) -> None:
	page = desk("meera", viewport=size)
	page.goto("/app/my-branches")
	expect(number(page, "Customers")).to_have_text("7")
	expect(number(page, "Without Sales Owner")).to_have_text("0")
	expect(number(page, "Open Issues")).to_have_text(issues("Mumbai"))
	expect(page.get_by_text("Branch Activation")).to_have_count(0)
	drawn(page)
	picture(page, "workspace" if size is TALL else "workspace-phone")


def test_a_card_leads_to_the_list_that_it_counts(desk: Desk) -> None:
	page = desk("meera")
	page.goto("/app/my-branches")
	number(page, "Open Issues").click()
	page.wait_for_url("**/app/issue**")
	expect(page.locator(".list-count")).to_contain_text(f"of {issues('Mumbai')}")


def test_the_form_of_a_branch_leads_to_what_lies_below_it(desk: Desk, picture: Picture) -> None:
	page = desk("wasim")
	page.goto("/app/branch/West Region")
	figures = page.locator(".branch-figures")
	expect(figures.get_by_text("Customers")).to_contain_text("25")
	picture(page, "branch-figures")
	west = {deal.branch for deal in sales_records.DEALS} & {"Mumbai", "Pune", "Ahmedabad", "Indore"}
	below = sum(int(issues(branch)) for branch in west)
	figures.get_by_text("Open Issues").click()
	expect(page.locator(".list-count")).to_contain_text(f"of {below}")
