"""How the record of a refused document goes on."""

from enum import Enum
from hashlib import sha256


class Status(Enum):
	OPEN = "Open"
	REQUESTED = "Release Requested"
	RELEASED = "Released"
	REJECTED = "Rejected"
	CLEARED = "Cleared"
	"""What stood against it is gone."""
	USED = "Used"


class Event(Enum):
	REFUSED = "Refused"
	REQUESTED = "Release Requested"
	RELEASED = "Released"
	REJECTED = "Rejected"
	USED = "Release Used"
	RAN_OUT = "Release Ran Out"
	CLEARED = "Cleared"


WAITING = (Status.OPEN, Status.REQUESTED)
REQUESTABLE = (Status.OPEN, Status.REJECTED)


def after_refusal(status: Status, is_same_content: bool) -> Status | None:
	"""How a record stands once its document has been refused again; None where that is for a record of its own: what is
	released stays so for what it was released for."""
	if status in (Status.RELEASED, Status.USED):
		return None
	if is_same_content and status in (Status.REQUESTED, Status.REJECTED):
		return status
	return Status.OPEN


def key_of(*of_what: str) -> str:
	"""By which the next refusal of the same is found; as long as a name may be."""
	return sha256("\n".join(of_what).encode()).hexdigest()
