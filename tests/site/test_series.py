"""Each kind of document is counted by itself."""

import frappe

from branch_crm.patches import count_each_series_by_itself
from tests.site import netting


def _number(name: str) -> int:
	return int(name.rpartition("-")[2])


def test_documents_of_one_kind_do_not_use_up_the_numbers_of_another() -> None:
	netting.rams_example()
	agreement = netting.agree()
	first, second = (netting.proposed(agreement).name for _ in range(2))
	frappe.get_doc("Netting Agreement", agreement.name).db_set("ended", 1)
	assert _number(second) == _number(first) + 1
	assert first.startswith(f"NETS-{frappe.utils.nowdate()[:4]}-")


def test_a_site_with_one_counter_for_all_goes_on_after_the_last_of_each_kind() -> None:
	netting.rams_example()
	agreement = netting.agree()
	before = netting.proposed(agreement)
	head = before.name.rpartition("-")[0]
	frappe.rename_doc("Netting Settlement", before.name, f"{head}-00700", force=True)
	frappe.db.delete("Series", {"name": ["like", "NET%"]})
	count_each_series_by_itself.execute()
	assert netting.proposed(agreement).name == f"{head}-00701"
