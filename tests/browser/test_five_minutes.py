"""The README's "Try it in five minutes", step by step, with the figures that stand there."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BACKGROUND

README = (Path(__file__).resolve().parents[2] / "README.md").read_text()
STEPS = re.findall(r"^\d\. (.+(?:\n   .+)*)", README.split("## Try it in five minutes")[1], re.MULTILINE)


def figure(step: int, what: str = "customers") -> str:
	"""The number of them that a step promises."""
	return re.search(rf"(\d+)\s+{what}", STEPS[step - 1]).group(1)


@pytest.mark.parametrize(("step", "user"), [(1, "asha"), (2, "meera"), (4, "wasim")])
def test_the_customer_list_shows_what_the_step_promises(
	desk: Callable[..., Page], step: int, user: str
) -> None:
	assert f"{user}@banyan.example" in STEPS[step - 1]
	page = desk(user)
	page.goto("/app/customer")
	# and CASH
	expect(page.locator(".list-count")).to_contain_text(re.compile(rf"of {int(figure(step)) + 1}$"))


@pytest.mark.parametrize(("step", "user"), [(7, "meera"), (8, "asha")])
def test_the_invoices_are_as_many_as_the_step_promises(
	desk: Callable[..., Page], step: int, user: str
) -> None:
	page = desk(user)
	page.goto("/app/sales-invoice")
	expect(page.locator(".list-count")).to_contain_text(re.compile(rf"of {figure(step, 'invoices')}$"))


def test_the_customer_of_step_3_is_refused(desk: Callable[..., Page]) -> None:
	page = desk("meera")
	page.goto(re.search(r"`(/app/customer/[^`]+)`", STEPS[2]).group(1))
	expect(page.get_by_text("I could not find what you were looking for")).to_be_visible()


def test_the_report_of_step_4_counts_by_branch(desk: Callable[..., Page]) -> None:
	page = desk("wasim")
	page.goto("/app/query-report/Branch Customers")
	expect(page.locator(".dt-row").filter(has_text="West Region")).to_contain_text(figure(4))


def test_step_5_switches_off_looks_and_switches_on(desk: Callable[..., Page]) -> None:
	page = desk("asha")
	page.goto("/app/branch-activation")
	page.get_by_role("button", name="Switch Off").click()
	page.locator(".modal.show .btn-primary").last.click()
	expect(page.get_by_text("nobody is limited by branch")).to_be_visible(timeout=BACKGROUND)
	page.locator("select[data-fieldname=unassigned_visible_to]").select_option("Head Office")
	page.get_by_role("button", name="Switch On").click()
	page.locator(".modal.show .btn-primary").last.click()
	expect(page.get_by_text("Branch access is on: everybody sees")).to_be_visible()
