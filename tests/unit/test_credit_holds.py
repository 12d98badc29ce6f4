"""How the record of a refused document goes on."""

import pytest

from branch_crm.credit_control.hold_rules import Status, after_refusal, key_of


@pytest.mark.parametrize(
	("status", "is_same_content", "expected"),
	[
		(Status.OPEN, True, Status.OPEN),
		(Status.OPEN, False, Status.OPEN),
		# somebody decides about this content
		(Status.REQUESTED, True, Status.REQUESTED),
		(Status.REQUESTED, False, Status.OPEN),
		(Status.REJECTED, True, Status.REJECTED),
		(Status.REJECTED, False, Status.OPEN),
		(Status.CLEARED, True, Status.OPEN),
		# what is released is for what it was released for
		(Status.RELEASED, True, None),
		(Status.RELEASED, False, None),
		(Status.USED, True, None),
	],
)
def test_a_record_that_is_refused_again(
	status: Status, is_same_content: bool, expected: Status | None
) -> None:
	assert after_refusal(status, is_same_content) is expected


def test_a_key_is_of_each_part_by_itself() -> None:
	assert key_of("ab", "c") != key_of("a", "bc")
	assert len(key_of("a" * 1000)) == 64
