"""Functions that open the file whose address they are told."""

import frappe
import pytest

from tests.site.company import switch_on
from tests.site.http_requests import call
from tests.site.test_files import attach, buyer, company, delhi

__all__ = ["buyer", "company", "delhi"]
BUNDLE = "Serial and Batch Bundle"


@pytest.mark.parametrize("person", ["delhi", "buyer"])
def test_no_function_opens_a_file_of_others(person: str, request: pytest.FixtureRequest) -> None:
	user = request.getfixturevalue(person)
	foreign = attach("Foreign", "Serial No\nzq secret").file_url
	own = attach("Own", "Serial No\nzq own").file_url
	switch_on()
	item = {"doctype": "Item", "item_code": "zq item", "item_group": "All Item Groups", "has_serial_no": 1}
	frappe.get_doc(item).insert()
	bundle = {"doctype": BUNDLE, "__islocal": 1, "item_code": "zq item", "name": "new-bundle-1"}
	asked = {"docs": bundle, "method": "add_serial_batch"}
	answers = {
		url: call(user, "run_doc_method", **asked, args={"data": {"csv_file": url, **more}})
		for url, more in (
			(foreign, {}),
			(f"/public/..{foreign}", {}),
			(f"/public/../private/files/../..{foreign}", {}),
			# as if it were what a document says
			(f"{foreign} ", {"doctype": "Customer", "name": "Own"}),
			("/private/files/none.csv", {}),
		)
	}
	assert {answer.status for answer in answers.values()} == {404}
	assert len({answer.text for answer in answers.values()}) == 1
	if person == "delhi":
		assert "zq own" in call(user, "run_doc_method", **asked, args={"data": {"csv_file": own}}).text


@pytest.mark.parametrize("person", ["delhi", "buyer"])
def test_a_file_that_is_sent_whole_is_not_told_from_one_that_is_not_there(
	person: str, request: pytest.FixtureRequest
) -> None:
	user = request.getfixturevalue(person)
	sent = attach("Foreign", "zq secret").as_dict()
	missing = {**sent, "name": "zq-none", "file_url": "/private/files/none.csv"}
	switch_on()
	answers = [call(user, "run_doc_method", docs=one, method="optimize_file") for one in (sent, missing)]
	assert {answer.status for answer in answers} == {404}
	assert len({answer.text for answer in answers}) == 1
