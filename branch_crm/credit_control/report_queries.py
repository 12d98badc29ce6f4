"""What reports over single documents are asked for, and how that is put to the database."""

from dataclasses import dataclass
from datetime import date

import frappe

from branch_crm.branch_access import queries as access_queries
from branch_crm.customer_master import category_queries

CUSTOMER = "Customer"
# a list of nothing
_NONE = [""]


@dataclass(frozen=True)
class Asked:
	"""Of which company, period and customers. `branch` and `category` stand for those below them as well."""

	company: str
	from_date: date
	to_date: date
	branch: str | None = None
	customer: str | None = None
	trade_type: str | None = None
	category: str | None = None

	@property
	def is_of_customers(self) -> bool:
		return bool(self.customer or self.trade_type or self.category)

	def filters(self, doctype: str, day: str, branch: str, customer: str = "customer") -> dict:
		"""Those of a list of documents, which name company, day, branch and customer in these fields."""
		found = {"company": self.company, day: ["between", (self.from_date, self.to_date)]}
		if self.branch:
			found[branch] = ["in", self.branches(doctype)]
		if self.is_of_customers:
			found[customer] = ["in", self.customers()]
		return found

	def branches(self, doctype: str) -> list[str]:
		"""Those that the session's user reaches."""
		return sorted(access_queries.reached_below(doctype, self.branch)) or _NONE

	def customers(self) -> list[str]:
		"""Those that the session's user may read."""
		filters = {}
		if self.customer:
			filters["name"] = self.customer
		if self.trade_type:
			filters["trade_type"] = self.trade_type
		if self.category:
			filters["customer_category"] = ["in", sorted(category_queries.paths(self.category)) or _NONE]
		return frappe.get_list(CUSTOMER, filters, pluck="name", limit_page_length=0, order_by=None) or _NONE
