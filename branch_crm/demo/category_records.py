"""What the demo customers are in trade, and which group of companies they belong to."""

from dataclasses import dataclass

from branch_crm.demo import records


@dataclass(frozen=True)
class DemoCategory:
	"""One node of the tree of customer categories."""

	name: str
	parent: str | None = None
	is_group: bool = False


CATEGORIES = (
	DemoCategory("Aarohi Group", is_group=True),
	DemoCategory("Aarohi Engineering", "Aarohi Group"),
	DemoCategory("Aarohi Living", "Aarohi Group"),
	DemoCategory("Himalaya Group", is_group=True),
	DemoCategory("Himalaya Exports", "Himalaya Group"),
	DemoCategory("Cooperatives"),
)
_BY_FIRM = {"Aarohi": "Aarohi Engineering", "Himalaya": "Himalaya Group", "Ganga": "Cooperatives"}
_BY_NAME = {
	**dict.fromkeys(("Aarohi Textiles", "Aarohi Ceramics", "Aarohi Stationers"), "Aarohi Living"),
	"Himalaya Textiles": "Himalaya Exports",
}
_TYPES = ("Dealer", "General", "Wholesaler", "General", "Distributor", "Dealer", "General")


def category_of(customer: records.DemoCustomer) -> str | None:
	return _BY_NAME.get(customer.name) or _BY_FIRM.get(customer.name.split()[0])


def trade_type_of(customer: records.DemoCustomer) -> str:
	return _TYPES[records.CUSTOMERS.index(customer) % len(_TYPES)]
