"""How phone numbers are kept, and which are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.customer_master.phone_rules import LONGEST, PhoneFault, PhoneJudgement, judge_phone

TYPED = st.text(max_size=40) | st.from_regex(r"\+?[0-9 ()#x./-]{1,25}", fullmatch=True)
COUNTRIES = st.sampled_from([None, "", "IN", "DE", "US", "GB", "AE", "ZZ", "x"])


@pytest.mark.parametrize(
	("text", "country", "number"),
	[
		("98200 12345", "IN", "+919820012345"),
		("098200-12345", "IN", "+919820012345"),
		("919820012345", "IN", "+919820012345"),
		("0091 98200 12345", "IN", "+919820012345"),
		("+91 (22) 2345 6789", None, "+912223456789"),
		("+49 30 901820", "IN", "+4930901820"),
		("030 901820", "DE", "+4930901820"),
		("030/901820", "DE", "+4930901820"),
		("06131/120", "DE", "+496131120"),
		("1800 123 4567", "IN", "+9118001234567"),
		("९८२०० १२३४५", "IN", "+919820012345"),
		("022 2345 6789 ext. 12", "IN", "+912223456789 #12"),
		("+1 212 555 0100 x5678", "IN", "+12125550100 #5678"),
		("+912223456789 #12", None, "+912223456789 #12"),
		("tel:+91-22-2345-6789;ext=12", "IN", "+912223456789 #12"),
	],
)
def test_a_number_is_kept_as_it_is_dialled_from_anywhere(text: str, country: str | None, number: str) -> None:
	assert judge_phone(text, country) == PhoneJudgement(number)


@pytest.mark.parametrize(
	("text", "country", "fault"),
	[
		("12345", "IN", PhoneFault.IMPOSSIBLE),
		("98200 12345 / 98200 54321", "IN", PhoneFault.IMPOSSIBLE),
		("022-23456789/90", "IN", PhoneFault.IMPOSSIBLE),
		("253 0000", "US", PhoneFault.IMPOSSIBLE),
		("call me", "IN", PhoneFault.IMPOSSIBLE),
		("", "IN", PhoneFault.IMPOSSIBLE),
		(None, "IN", PhoneFault.IMPOSSIBLE),
		("+91 98200", None, PhoneFault.IMPOSSIBLE),
		("+999 98200 12345", "IN", PhoneFault.COUNTRY_UNKNOWN),
		("98200 12345", None, PhoneFault.COUNTRY_UNKNOWN),
		("98200 12345", "ZZ", PhoneFault.COUNTRY_UNKNOWN),
		("022 2345 6789 ext. 1234567", "IN", PhoneFault.TOO_LONG),
	],
)
def test_what_is_no_number_is_refused_as_it_was_typed(
	text: str | None, country: str | None, fault: PhoneFault
) -> None:
	assert judge_phone(text, country) == PhoneJudgement(text or "", fault)


@given(TYPED, COUNTRIES)
def test_nothing_that_is_typed_raises(text: str, country: str | None) -> None:
	judged = judge_phone(text, country)
	assert isinstance(judged, PhoneJudgement)
	if not judged.fault:
		assert len(judged.number) <= LONGEST
		assert judge_phone(judged.number, None) == judged
