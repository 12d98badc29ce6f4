"""What is found of a phone number: how it is kept, and why it is none.

The numbering plans are those of the library phonenumbers, which Frappe brings along.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

# what Frappe's own fields for phone numbers take
LONGEST = 20
# the last digits of a second number, which would be read as those of the first: 022 2345 6789/90
_SECOND = re.compile(r"(\D*\d){8,}\s*/\s*\d{1,3}$")


class PhoneFault(Enum):
	"""Why a number is refused."""

	IMPOSSIBLE = auto()
	COUNTRY_UNKNOWN = auto()
	TOO_LONG = auto()


@dataclass(frozen=True)
class PhoneJudgement:
	"""Attributes:
	number: as it is to be kept: by ITU-T E.164, an extension behind a hash, which Frappe's fields take.
	fault: why it is refused, and then the number is what was typed; None where it is not.
	"""

	number: str
	fault: PhoneFault | None = None


def judge_phone(text: str | None, country: str | None) -> PhoneJudgement:
	"""Judge a number as it is dialled in `country`, by its two letters of ISO 3166; None: only one that begins with its
	country code is known."""
	typed = (text or "").strip()
	if _SECOND.match(typed):
		return PhoneJudgement(typed, PhoneFault.IMPOSSIBLE)
	try:
		parsed = phonenumbers.parse(typed, country)
	except NumberParseException as error:
		unknown = error.error_type == NumberParseException.INVALID_COUNTRY_CODE
		return PhoneJudgement(typed, PhoneFault.COUNTRY_UNKNOWN if unknown else PhoneFault.IMPOSSIBLE)
	# without its area code a number is dialled from nowhere else
	if phonenumbers.is_possible_number_with_reason(parsed) != ValidationResult.IS_POSSIBLE:
		return PhoneJudgement(typed, PhoneFault.IMPOSSIBLE)
	number = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
	if parsed.extension:
		number = f"{number} #{parsed.extension}"
	if len(number) > LONGEST:
		return PhoneJudgement(typed, PhoneFault.TOO_LONG)
	return PhoneJudgement(number)
