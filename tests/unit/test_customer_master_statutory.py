"""Statutory data of one party: what agrees, what does not, and what is missing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_crm.customer_master import gst_rules
from branch_crm.customer_master import statutory_rules as rules
from branch_crm.customer_master.statutory_rules import Discrepancy, Missing, Place, StatutoryData

GSTIN = "24AAQCA8719H1ZC"
PAN = "AAQCA8719H"
GUJARAT = Place("IN", "24", GSTIN)
SOUND = StatutoryData(
	country="IN",
	pan=PAN,
	gstin=GSTIN,
	gst_category="Registered Regular",
	cin="U72900KA2008PTC046374",
	places=(GUJARAT,),
)
ABROAD = StatutoryData(
	country="DE", gst_category="Overseas", tax_id="DE136695976", places=(Place("DE", "96"),)
)


@pytest.mark.parametrize(
	"data",
	[
		SOUND,
		ABROAD,
		replace(SOUND, country=None),
		StatutoryData(
			"IN", "Individual", pan="AAUPV7468F", gst_category="Unregistered", places=(Place("IN", "27"),)
		),
		StatutoryData("IN", "Individual", gst_category="Unregistered", places=(Place("IN", "27"),)),
		StatutoryData(
			"IN", "Partnership", "AAPFU0939F", gst_category="Unregistered", places=(Place("IN", "27"),)
		),
		replace(SOUND, places=(Place("IN", "24", "99AAQCA8719H1ZV"), GUJARAT)),
	],
)
def test_sound_data_are_left_alone(data: StatutoryData) -> None:
	assert rules.discrepancies(data) == []
	assert rules.missing(data) == []


@pytest.mark.parametrize(
	("changes", "found"),
	[
		({"pan": "AAQCB8719H"}, Discrepancy.PAN_OF_GSTIN),
		({"country": "DE"}, Discrepancy.GSTIN_ABROAD),
		({"places": (Place("IN", "27", GSTIN), GUJARAT)}, Discrepancy.GSTIN_OF_OTHER_STATE),
		({"places": (Place("IN", "27"),)}, Discrepancy.GSTIN_OF_NO_ADDRESS),
		({"places": (GUJARAT, Place("IN", "27", "27AAPFU0939F1ZV"))}, Discrepancy.PAN_OF_ADDRESS),
		({"gst_category": "Unregistered"}, Discrepancy.CATEGORY_OF_GSTIN),
		({"gstin": ""}, Discrepancy.CATEGORY_OF_GSTIN),
		({"gst_category": "Overseas"}, Discrepancy.CATEGORY_OF_COUNTRY),
		({"country": "DE", "gstin": ""}, Discrepancy.CATEGORY_OF_COUNTRY),
		({"legal_form": "Individual"}, Discrepancy.HOLDER_OF_PAN),
		({"legal_form": "Partnership"}, Discrepancy.HOLDER_OF_PAN),
		({"llpin": "AAB-1234"}, Discrepancy.CIN_AND_LLPIN),
		({"pan": "AAPFU0939F"}, Discrepancy.HOLDER_OF_CIN),
		({"cin": "", "llpin": "AAB-1234"}, Discrepancy.HOLDER_OF_LLPIN),
	],
)
def test_each_discrepancy_is_found(changes: dict, found: Discrepancy) -> None:
	assert found in rules.discrepancies(replace(SOUND, **changes))


@pytest.mark.parametrize(
	("pan", "legal_form", "llpin", "is_sound"),
	[
		("AAUPV7468F", "Individual", "", True),
		("AAAHA1234A", "Individual", "", True),
		("AAUPV7468F", "Company", "", False),
		("AAQCA8719H", "Company", "", True),
		("AAPFU0939F", "Company", "", False),
		("AAPFU0939F", "Company", "AAB-1234", True),
		("AAATA1234A", "Company", "", True),
		("AAPFU0939F", "Partnership", "", True),
		("AAPKU0939F", "Individual", "", True),
	],
)
def test_the_legal_form_is_that_of_the_pan(pan: str, legal_form: str, llpin: str, is_sound: bool) -> None:
	data = StatutoryData("IN", legal_form, pan, llpin=llpin)
	assert (Discrepancy.HOLDER_OF_PAN not in rules.discrepancies(data)) is is_sound


@pytest.mark.parametrize("gstin", ["0717USA12345UNV", "0717USA12345NRX", "9917SGP29001OSI"])
def test_some_registrations_are_for_those_from_abroad(gstin: str) -> None:
	assert Discrepancy.GSTIN_ABROAD not in rules.discrepancies(StatutoryData("US", gstin=gstin))


@pytest.mark.parametrize(
	("changes", "lacks"),
	[
		(
			{"country": None, "places": ()},
			{Missing.COUNTRY, Missing.ADDRESS},
		),
		({"places": ()}, {Missing.ADDRESS}),
		({"places": (Place("IN"),)}, {Missing.GST_STATE}),
		({"gst_category": ""}, {Missing.GST_CATEGORY}),
		({"gstin": ""}, {Missing.GSTIN}),
		({"gstin": "", "gst_category": "Unregistered"}, set()),
		({"pan": ""}, {Missing.PAN}),
		({"cin": ""}, {Missing.CIN}),
		({"country": "DE"}, {Missing.TAX_ID}),
		({"country": "DE", "legal_form": "Individual"}, set()),
	],
)
def test_what_is_missing_is_named(changes: dict, lacks: set[Missing]) -> None:
	assert set(rules.missing(replace(SOUND, **changes))) == lacks


@pytest.mark.parametrize(
	("country", "gstin", "category"),
	[
		("IN", GSTIN, "Registered Regular"),
		(None, GSTIN, "Registered Regular"),
		("IN", "27AAPFU0939F1CX", "Tax Collector"),
		("US", "0717USA12345UNV", "UIN Holders"),
		("SG", "9917SGP29001OSI", "Overseas"),
		("IN", "", "Unregistered"),
		("DE", "", "Overseas"),
		(None, "", None),
	],
)
def test_the_category_follows_from_country_and_gstin(
	country: str | None, gstin: str, category: str | None
) -> None:
	assert rules.category_of(country, gstin) == category


@given(
	st.builds(
		StatutoryData,
		country=st.none() | st.sampled_from(["IN", "DE"]),
		legal_form=st.sampled_from(["Company", "Individual", "Partnership"]),
		pan=st.sampled_from(["", PAN, "AAPFU0939F", "x"]),
		gstin=st.sampled_from(["", GSTIN, "27AAPFU0939F1ZV", "x"]),
		gst_category=st.sampled_from(["", *gst_rules.CATEGORIES]),
		cin=st.text(max_size=3),
		llpin=st.text(max_size=3),
	)
)
def test_the_category_that_is_proposed_is_never_at_odds(data: StatutoryData) -> None:
	proposed = replace(data, gst_category=rules.category_of(data.country, data.gstin) or "")
	found = set(rules.discrepancies(proposed))
	if Discrepancy.GSTIN_ABROAD not in found:
		assert not found & {Discrepancy.CATEGORY_OF_GSTIN, Discrepancy.CATEGORY_OF_COUNTRY}
