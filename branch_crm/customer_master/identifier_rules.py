"""What is found of a statutory identifier: the number as it is kept, and what is wrong with it."""

from dataclasses import dataclass
from enum import Enum, auto


class Fault(Enum):
	"""Why a number is refused."""

	FORM = auto()
	CHECKSUM = auto()
	STATE = auto()
	YEAR = auto()


@dataclass(frozen=True)
class Judgement:
	"""Attributes:
	number: as it is to be kept.
	fault: why it is refused; None where it is not.
	is_checked: whether there was anything to check it by.
	is_doubtful: it is kept, though part of it is unknown to the source of its rules.
	"""

	number: str
	fault: Fault | None = None
	is_checked: bool = True
	is_doubtful: bool = False


def normalized(text: str | None) -> str:
	"""Capital letters without the spaces, dots and dashes that people group numbers by."""
	return "".join(character for character in (text or "").upper() if character not in " \t\r\n.-–/\u00a0")
