import os
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from branch_crm.demo.records import DOMAIN, PASSWORD

URL = os.environ.get("BRANCH_CRM_URL", "")
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
FLAGS = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking"
FLAGS += " disable-component-update disable-sync"
DESKTOP = {"width": 1280, "height": 800}
# ms until a worker that has other jobs as well has done ours
BACKGROUND = 90_000
PHONE = {"width": 390, "height": 844}

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
	if not URL:
		pytest.exit("The browser tier needs BRANCH_CRM_URL; `make test` sets it.", returncode=1)
	arguments = [f"--{flag}" for flag in FLAGS.split()]
	with sync_playwright() as playwright:
		opened = playwright.chromium.launch(executable_path=os.environ["BRANCH_CRM_CHROMIUM"], args=arguments)
		yield opened
		opened.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Callable[..., Page]]:
	"""`desk("meera")` is a page of the desk, logged in as that demo user."""
	contexts = []

	def login(user: str, viewport: dict | None = None) -> Page:
		context = browser.new_context(viewport=viewport or DESKTOP, base_url=URL)
		contexts.append(context)
		page = context.new_page()
		page.set_default_timeout(20_000)
		answer = page.request.post("/api/method/login", form={"usr": f"{user}@{DOMAIN}", "pwd": PASSWORD})
		assert answer.ok, answer.text()
		return page

	yield login
	for context in contexts:
		context.close()


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
	"""Keep a screenshot for the docs, where SCREENSHOTS=1 asks for it."""

	def take(page: Page, name: str) -> None:
		if os.environ.get("SCREENSHOTS"):
			IMAGES.mkdir(parents=True, exist_ok=True)
			page.wait_for_load_state("networkidle")
			# dialogs slide in
			page.wait_for_timeout(700)
			page.screenshot(path=IMAGES / f"{name}.png")

	return take


@pytest.fixture
def on_site() -> Callable[..., None]:
	"""Runs a Frappe command on the site under test."""

	def run(*arguments: str) -> None:
		command = [*shlex.split(os.environ["BRANCH_CRM_SITE_EXEC"]), *arguments]
		subprocess.run(command, cwd=os.environ["BRANCH_CRM_SITES"], check=True, capture_output=True)

	return run
