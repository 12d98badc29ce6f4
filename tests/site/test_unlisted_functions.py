"""Functions that nobody finds who lists those of an app."""

import importlib
from pathlib import Path

import pytest

from branch_crm.branch_access import guard_methods
from branch_crm.branch_access.guard_methods import Policy
from tests.site.documents import COMPANY
from tests.site.http_requests import call
from tests.site.strangers import user

__all__ = ["user"]


def test_what_stands_beside_the_packages_of_a_known_app_is_closed(
	tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
	module = tmp_path / "zqpackage" / "zqfolder" / "zqmodule.py"
	module.parent.mkdir(parents=True)
	module.write_text("def answer(): ...")
	(tmp_path / "zqpackage" / "__init__.py").touch()
	monkeypatch.syspath_prepend(tmp_path)
	importlib.import_module("zqpackage.zqfolder.zqmodule")
	assert guard_methods.stands_beside_packages("zqpackage.zqfolder.zqmodule.answer")
	assert not guard_methods.stands_beside_packages("zqpackage.answer")
	assert not guard_methods.stands_beside_packages("erpnext.accounts.party.get_party_details")
	monkeypatch.setattr(guard_methods, "KNOWN_APPS", ("zqpackage",))
	assert guard_methods.method("zqpackage.zqfolder.zqmodule.answer").policy is Policy.CLOSED


def test_the_address_of_the_company_is_asked_for(user: str) -> None:
	command = "erpnext.accounts.custom.address.get_shipping_address"
	assert call(user, command, company=COMPANY).status == 200
