"""To whom the statement of a customer goes."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
	"""A contact of a customer that has a mail address."""

	email: str
	is_billing: bool = False
	is_primary: bool = False


def recipients(contacts: Collection[Contact], of_customer: str | None = None) -> list[str]:
	"""The billing contacts; where there is none the primary ones, and else the address on the customer itself. Each once."""
	billing = {contact.email for contact in contacts if contact.is_billing}
	primary = {contact.email for contact in contacts if contact.is_primary}
	return sorted(billing or primary or {of_customer} - {None, ""})
