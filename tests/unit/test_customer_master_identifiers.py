"""Statutory identifiers: every example of the sources, and whatever else somebody types."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from branch_crm.customer_master import gst_rules
from branch_crm.customer_master import india_rules as india
from branch_crm.customer_master.identifier_rules import Fault
from branch_crm.customer_master.india_rules import Holder, Registration
from branch_crm.customer_master.tax_number_rules import judge_tax_number

THIS_YEAR = 2026
CHARACTERS = string.digits + string.ascii_uppercase
VALID_GSTINS = (
	"27AAPFU0939F1ZV",
	"24AAQCA8719H1ZC",
	"05AAACG2115R1ZN",
	"24AAUPV7468F1ZW",
	"29AABCR1718E1ZL",
	"97AAPFU0939F1ZO",
	"38AAPFU0939F1ZS",
	"99AAPFU0939F1ZK",
	"27AAPFU0939F1AA",
)
WRONG_GSTINS = ("27AAPFU0939F1ZO", "27AAPFU0939F1AB", "29GGGGG1314R9Z6")
CINS = ("L17110MH1973PLC019786", "L52399MH1987PLC044954", "U72900KA2008PTC046374")
# all that somebody can type, and what looks like digits or letters to some functions
TYPED = st.text(max_size=30) | st.text(CHARACTERS + "²٣①Åß-. ", max_size=24)
COUNTRIES = st.sampled_from(
	"IN DE FR GB CH NO US AU NZ CA SG MY ID TH VN CN JP KR IL ZA KE EG GH TR RU UA RS MK BR MX AE SA BD".split()
)


def _with_check_character(number: str) -> str:
	return number + luhn.calc_check_digit(number, CHARACTERS)


@pytest.mark.parametrize("gstin", VALID_GSTINS)
def test_a_valid_gstin_is_kept(gstin: str) -> None:
	assert india.judge_gstin(gstin) == india.judge_gstin(f" {gstin[:2]} {gstin[2:].lower()}\n")
	assert india.judge_gstin(gstin).fault is None
	assert india.judge_gstin(gstin).number == gstin


@pytest.mark.parametrize("gstin", WRONG_GSTINS)
def test_a_wrong_check_character_is_found(gstin: str) -> None:
	assert india.judge_gstin(gstin).fault is Fault.CHECKSUM


@given(st.sampled_from(VALID_GSTINS), st.integers(0, 14), st.sampled_from(CHARACTERS))
def test_no_gstin_passes_with_one_character_wrong(gstin: str, at: int, character: str) -> None:
	changed = gstin[:at] + character + gstin[at + 1 :]
	assert (india.judge_gstin(changed).fault is None) == (changed == gstin)


@given(
	st.sampled_from(sorted(gst_rules.STATES)),
	st.from_regex(r"[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z", fullmatch=True),
)
def test_every_registration_with_its_check_character_passes(state: str, rest: str) -> None:
	judged = india.judge_gstin(_with_check_character(state + rest))
	assert judged.fault is None
	assert india.pan_of(judged.number) == rest[:10]
	assert india.state_code_of(judged.number) == state


@pytest.mark.parametrize(
	("registration", "without_check"),
	[
		(Registration.REGULAR, "27AAPFU0939F1Z"),
		(Registration.COLLECTOR, "27AAPFU0939F1C"),
		(Registration.DEDUCTOR, "27MUMA12345F1D"),
		(Registration.DEDUCTOR, "07AAACB1234A1D"),
		(Registration.EMBASSY_OR_UN_BODY, "0717USA12345UN"),
		(Registration.NON_RESIDENT, "0717USA12345NR"),
		(Registration.ONLINE_SERVICES_FROM_ABROAD, "9917SGP29001OS"),
	],
)
def test_each_kind_of_registration_has_its_form(registration: Registration, without_check: str) -> None:
	gstin = _with_check_character(without_check)
	assert india.registration_of(gstin) is registration
	assert india.judge_gstin(gstin).fault is None


def test_a_government_department_has_digits_at_its_end() -> None:
	numbers = (_with_check_character(f"07DELA0{number:04}A1Z") for number in range(100))
	gstin = next(number for number in numbers if number[-1].isdigit())
	assert india.registration_of(gstin) is Registration.GOVERNMENT
	assert india.judge_gstin(gstin).fault is None
	assert india.pan_of(gstin) is None


@pytest.mark.parametrize("code", ["00", "39", "40", "88", "98"])
def test_there_is_no_such_state(code: str) -> None:
	assert india.judge_gstin(_with_check_character(f"{code}AAPFU0939F1Z")).fault is Fault.STATE


@pytest.mark.parametrize(
	("written", "code"),
	[
		("gujarat", "24"),
		(" Jammu  & Kashmir", "01"),
		("Orissa", "21"),
		("NCT of Delhi", "07"),
		("Lakshadweep", "31"),
		("Gujrat", "24"),
		("U.P.", "09"),
		("MH", "27"),
		("J&K", "01"),
		("Nowhere", None),
		("", None),
		(None, None),
	],
)
def test_states_are_known_as_people_write_them(written: str | None, code: str | None) -> None:
	assert gst_rules.state_code_named(written) == code


@pytest.mark.parametrize(("former", "today"), [("25", "26"), ("28", "37")])
def test_registrations_of_former_states_are_of_those_of_today(former: str, today: str) -> None:
	gstin = _with_check_character(f"{former}AAPFU0939F1Z")
	assert india.judge_gstin(gstin).fault is None
	assert india.state_code_of(gstin) == today


@pytest.mark.parametrize(
	("pan", "holder"),
	[
		("AAPFU0939F", Holder.FIRM),
		("AAQCA8719H", Holder.COMPANY),
		("AAUPV7468F", Holder.INDIVIDUAL),
		("AAAHA1234A", Holder.HINDU_UNDIVIDED_FAMILY),
	],
)
def test_a_pan_says_who_holds_it(pan: str, holder: Holder) -> None:
	judged = india.judge_pan(pan.lower())
	assert (judged.number, judged.fault, judged.is_doubtful) == (pan, None, False)
	assert india.holder_of(pan) is holder


@pytest.mark.parametrize("pan", ["AAPKU0939F", "AAPEU0939F"])
def test_an_unknown_holder_is_doubtful_not_refused(pan: str) -> None:
	judged = india.judge_pan(pan)
	assert judged.fault is None
	assert judged.is_doubtful


@pytest.mark.parametrize("pan", ["", None, "AAPFU0939", "AAPFU09399", "1APFU0939F", "AAPFU0939FA"])
def test_what_has_not_the_form_of_a_pan_is_refused(pan: str | None) -> None:
	assert india.judge_pan(pan).fault is Fault.FORM


@pytest.mark.parametrize("cin", CINS)
def test_a_valid_cin_is_kept(cin: str) -> None:
	assert india.judge_cin(cin, THIS_YEAR).fault is None


@pytest.mark.parametrize(
	("cin", "fault"),
	[
		("U72900KA2008PTC04637", Fault.FORM),
		("X72900KA2008PTC046374", Fault.FORM),
		("U72900KA2008ABC046374", Fault.FORM),
		("U72900KA1849PTC046374", Fault.YEAR),
		("U72900KA2027PTC046374", Fault.YEAR),
	],
)
def test_what_is_no_cin_is_refused(cin: str, fault: Fault) -> None:
	assert india.judge_cin(cin, THIS_YEAR).fault is fault


@pytest.mark.parametrize("llpin", ["AAB-1234", "aab1234", " AAB - 1234"])
def test_an_llpin_is_kept_with_its_hyphen(llpin: str) -> None:
	judged = india.judge_llpin(llpin)
	assert (judged.number, judged.fault) == ("AAB-1234", None)


@pytest.mark.parametrize(("tan", "fault"), [("MUMA12345B", None), ("MUM12345B", Fault.FORM)])
def test_a_tan_has_its_form(tan: str, fault: Fault | None) -> None:
	assert india.judge_tan(tan).fault is fault


@pytest.mark.parametrize(
	("country", "number"),
	[
		("DE", "DE136695976"),
		("de", "136695976"),
		("GR", "EL094259216"),
		("FR", "FR 61 954 506 077"),
		("GB", "GB980780684"),
		("GB", "XI980780684"),
		("CH", "CHE107787577IVA"),
		("ES", "ESB-58378431"),
		("MX", "GODE561231GR8"),
		("ZA", "0001339050"),
		("US", "04-2103594"),
		("ZA", "4123456789"),
		("JP", "T7000012050002"),
		("JP", "7000012050002"),
		("SG", "M90364395W"),
		("GB", "1955839661"),
		("HU", "12892312-2-42"),
		("IS", "450401-3150"),
		("NL", "111222333"),
	],
)
def test_a_tax_number_of_its_country_is_kept_as_it_is_written(country: str, number: str) -> None:
	judged = judge_tax_number(country, f" {number} ")
	assert (judged.number, judged.fault, judged.is_checked) == (number, None, True)


@pytest.mark.parametrize(
	("country", "number", "fault"),
	[
		("DE", "DE136695978", Fault.CHECKSUM),
		("FR", "FR 61 954 506 078", Fault.CHECKSUM),
		("AT", "12", Fault.FORM),
		("DE", "²²²", Fault.FORM),
		("DE", "-", Fault.FORM),
		("US", "-", Fault.FORM),
	],
)
def test_a_wrong_tax_number_is_refused(country: str, number: str, fault: Fault) -> None:
	assert judge_tax_number(country, number).fault is fault


@pytest.mark.parametrize("country", [None, "", "AE", "SA", "BD", "LK", "NP", "NG", "MY", "XX", "IN"])
def test_where_nothing_is_known_the_text_is_kept_unchecked(country: str | None) -> None:
	judged = judge_tax_number(country, "ANY 1")
	assert (judged.number, judged.fault, judged.is_checked) == ("ANY 1", None, False)


@given(TYPED, COUNTRIES)
def test_nothing_that_is_typed_raises(text: str, country: str) -> None:
	for judge in (india.judge_gstin, india.judge_pan, india.judge_tan, india.judge_llpin):
		judge(text)
	india.judge_cin(text, THIS_YEAR)
	judge_tax_number(country, text)
