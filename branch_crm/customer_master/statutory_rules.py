"""Whether the statutory data of a party agree with each other, and what is missing among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from branch_crm.customer_master import india_rules
from branch_crm.customer_master.gst_rules import INDIA, OVERSEAS, UNREGISTERED
from branch_crm.customer_master.india_rules import Holder, Registration

_CATEGORY_OF = {
	Registration.EMBASSY_OR_UN_BODY: "UIN Holders",
	Registration.DEDUCTOR: "Tax Deductor",
	Registration.COLLECTOR: "Tax Collector",
	Registration.NON_RESIDENT: OVERSEAS,
	Registration.ONLINE_SERVICES_FROM_ABROAD: OVERSEAS,
}
# registrations that people have who are not in India
_FROM_ABROAD = (
	Registration.EMBASSY_OR_UN_BODY,
	Registration.NON_RESIDENT,
	Registration.ONLINE_SERVICES_FROM_ABROAD,
)
_PERSONS = (Holder.INDIVIDUAL, Holder.HINDU_UNDIVIDED_FAMILY)
# jurisdictions that are no state
_NO_STATE = ("97", "99")


class Discrepancy(Enum):
	"""`GSTIN_ABROAD`: a GSTIN of somebody outside India. `GSTIN_OF_NO_ADDRESS`: no address is in its state.
	`PAN_OF_ADDRESS`: the GSTIN of an address is somebody else's. `HOLDER_OF_…`: the PAN's fourth letter says otherwise."""

	PAN_OF_GSTIN = auto()
	GSTIN_ABROAD = auto()
	GSTIN_OF_OTHER_STATE = auto()
	GSTIN_OF_NO_ADDRESS = auto()
	PAN_OF_ADDRESS = auto()
	CATEGORY_OF_GSTIN = auto()
	CATEGORY_OF_COUNTRY = auto()
	HOLDER_OF_PAN = auto()
	HOLDER_OF_CIN = auto()
	HOLDER_OF_LLPIN = auto()
	CIN_AND_LLPIN = auto()


class Missing(Enum):
	COUNTRY = auto()
	ADDRESS = auto()
	GST_STATE = auto()
	GST_CATEGORY = auto()
	GSTIN = auto()
	PAN = auto()
	CIN = auto()
	TAX_ID = auto()


# what is refused when it is typed; the others are for the report
REFUSED = (Discrepancy.PAN_OF_GSTIN, Discrepancy.GSTIN_ABROAD, Discrepancy.CIN_AND_LLPIN)


@dataclass(frozen=True)
class Place:
	"""An address: its country as ISO 3166 names it in two letters, the code of its GST state, its own GSTIN."""

	country: str | None = None
	state_code: str | None = None
	gstin: str = ""


@dataclass(frozen=True)
class StatutoryData:
	"""What is known of a party. `legal_form` is ERPNext's: Company, Individual or Partnership."""

	country: str | None = None
	legal_form: str = "Company"
	pan: str = ""
	gstin: str = ""
	gst_category: str = ""
	cin: str = ""
	llpin: str = ""
	tax_id: str = ""
	places: tuple[Place, ...] = ()


def category_of(country: str | None, gstin: str) -> str | None:
	"""The GST category of a party that has none; None where nothing tells it."""
	if gstin:
		return _CATEGORY_OF.get(india_rules.registration_of(gstin), "Registered Regular")
	if not country:
		return None
	return UNREGISTERED if country == INDIA else OVERSEAS


def discrepancies(data: StatutoryData) -> list[Discrepancy]:
	return list(_discrepancies(data))


def is_of_other_state(place: Place) -> bool:
	"""Whether the GSTIN of an address is registered in another state than the address is in."""
	code = india_rules.state_code_of(place.gstin) if place.gstin else None
	return bool(code and place.state_code and code not in (place.state_code, *_NO_STATE))


def missing(data: StatutoryData) -> list[Missing]:
	return list(_missing(data))


def _discrepancies(data: StatutoryData) -> Iterator[Discrepancy]:
	registration = india_rules.registration_of(data.gstin)
	holder = india_rules.holder_of(data.pan)
	within = india_rules.pan_of(data.gstin)
	if within and data.pan and within != data.pan:
		yield Discrepancy.PAN_OF_GSTIN
	if data.gstin and data.country not in (None, INDIA) and registration not in _FROM_ABROAD:
		yield Discrepancy.GSTIN_ABROAD
	if any(map(is_of_other_state, data.places)):
		yield Discrepancy.GSTIN_OF_OTHER_STATE
	if _is_in_no_state_of(data):
		yield Discrepancy.GSTIN_OF_NO_ADDRESS
	own = data.pan or within
	if own and any(india_rules.pan_of(place.gstin) not in (None, own) for place in data.places):
		yield Discrepancy.PAN_OF_ADDRESS
	if data.gst_category and (data.gst_category == UNREGISTERED) == bool(data.gstin):
		if data.gstin or data.gst_category != OVERSEAS:
			yield Discrepancy.CATEGORY_OF_GSTIN
	if data.gst_category and data.country and _is_category_of_other_country(data):
		yield Discrepancy.CATEGORY_OF_COUNTRY
	if holder and not _is_of_form(holder, data):
		yield Discrepancy.HOLDER_OF_PAN
	if data.cin and data.llpin:
		yield Discrepancy.CIN_AND_LLPIN
	if data.cin and holder not in (None, Holder.COMPANY):
		yield Discrepancy.HOLDER_OF_CIN
	if data.llpin and holder not in (None, Holder.FIRM):
		yield Discrepancy.HOLDER_OF_LLPIN


def _is_in_no_state_of(data: StatutoryData) -> bool:
	code = india_rules.state_code_of(data.gstin)
	states = {place.state_code for place in data.places if place.country == INDIA and place.state_code}
	return bool(code and states) and code not in (*states, *_NO_STATE)


def _is_category_of_other_country(data: StatutoryData) -> bool:
	if data.country == INDIA:
		return data.gst_category == OVERSEAS
	return data.gst_category not in (OVERSEAS, "UIN Holders")


def _is_of_form(holder: Holder, data: StatutoryData) -> bool:
	"""ERPNext has no legal form of its own for trusts, associations, authorities and LLPs: they are companies there."""
	if data.legal_form == "Individual":
		return holder in _PERSONS
	if data.legal_form == "Partnership":
		return holder is Holder.FIRM
	return holder not in _PERSONS and (holder is not Holder.FIRM or bool(data.llpin))


def _missing(data: StatutoryData) -> Iterator[Missing]:
	country = data.country or next((place.country for place in data.places if place.country), None)
	if not country:
		yield Missing.COUNTRY
	if not data.places:
		yield Missing.ADDRESS
	if country != INDIA:
		if country and data.legal_form != "Individual" and not data.tax_id:
			yield Missing.TAX_ID
		return
	if any(place.country == INDIA and not place.state_code for place in data.places):
		yield Missing.GST_STATE
	if not data.gst_category:
		yield Missing.GST_CATEGORY
	elif data.gst_category not in (UNREGISTERED, OVERSEAS) and not data.gstin:
		yield Missing.GSTIN
	if not data.pan and data.legal_form != "Individual":
		yield Missing.PAN
	if india_rules.holder_of(data.pan) is Holder.COMPANY and not data.cin:
		yield Missing.CIN
