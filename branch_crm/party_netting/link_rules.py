"""The fields by which a customer says that it is also a supplier, and a supplier that it is also a customer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mirror:
	"""The fields of a party that repeat its link, and what it is linked with."""

	other: str
	tick: str
	field: str


MIRRORS = {
	"Customer": Mirror("Supplier", "is_also_supplier", "linked_supplier"),
	"Supplier": Mirror("Customer", "is_also_customer", "linked_customer"),
}
