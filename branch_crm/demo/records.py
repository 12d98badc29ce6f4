"""The demo company: plain, deterministic records of invented people and firms. The loader writes them to a
site, the terminal shows them by the rules alone."""

from dataclasses import dataclass
from datetime import date

from branch_crm.branch_access.assignment_rules import Assignment
from branch_crm.branch_access.rules import Branch, Function, Membership
from branch_crm.branch_access.team_rules import TeamRow

COMPANY = "Banyan Tree Traders Private Limited"
PASSWORD = "branch-crm-demo"
DOMAIN = "banyan.example"
FOUNDED = date(2024, 4, 1)
CREDIT_DAYS = 30

HEAD_OFFICE = "Head Office"


@dataclass(frozen=True)
class DemoBranch:
	name: str
	parent: str | None
	code: str
	pin_codes: tuple[str, str] | None = None

	@property
	def is_group(self) -> bool:
		return self.pin_codes is None


BRANCHES = (
	DemoBranch(HEAD_OFFICE, None, "HO"),
	DemoBranch("North Region", HEAD_OFFICE, "N"),
	DemoBranch("West Region", HEAD_OFFICE, "W"),
	DemoBranch("South Region", HEAD_OFFICE, "S"),
	DemoBranch("Delhi", "North Region", "DEL", ("110001", "110099")),
	DemoBranch("Jaipur", "North Region", "JAI", ("302001", "302099")),
	DemoBranch("Lucknow", "North Region", "LKO", ("226001", "226099")),
	DemoBranch("Chandigarh", "North Region", "IXC", ("160001", "160099")),
	DemoBranch("Mumbai", "West Region", "BOM", ("400001", "400099")),
	DemoBranch("Pune", "West Region", "PNQ", ("411001", "411099")),
	DemoBranch("Ahmedabad", "West Region", "AMD", ("380001", "380099")),
	DemoBranch("Indore", "West Region", "IDR", ("452001", "452099")),
	DemoBranch("Chennai", "South Region", "MAA", ("600001", "600099")),
	DemoBranch("Bengaluru", "South Region", "BLR", ("560001", "560099")),
	DemoBranch("Hyderabad", "South Region", "HYD", ("500001", "500099")),
	DemoBranch("Kochi", "South Region", "COK", ("682001", "682099")),
)


@dataclass(frozen=True)
class DemoUser:
	"""Somebody in the teams of `branches`; without a function he got User Permissions on them by hand."""

	login: str
	full_name: str
	branches: tuple[str, ...]
	roles: tuple[str, ...]
	function: Function | None = None
	default: str | None = None

	@property
	def email(self) -> str:
		return f"{self.login}@{DOMAIN}"

	@property
	def is_head_office(self) -> bool:
		return "Branch Head Office" in self.roles

	@property
	def is_by_hand(self) -> bool:
		return self.function is None

	@property
	def title(self) -> str:
		return f"{self.full_name} ({self.function.value})" if self.function else self.full_name

	@property
	def team_rows(self) -> list[TeamRow]:
		branches = () if self.function is None else self.branches
		return [
			TeamRow(self.email, branch, self.function, from_date=FOUNDED, is_default=branch == self.default)
			for branch in branches
		]

	def memberships(self, today: date) -> list[Membership]:
		"""His memberships that count `today`."""
		if self.is_by_hand:
			return [Membership(branch, is_default=branch == self.default) for branch in self.branches]
		return [row.membership for row in self.team_rows if row.is_active_on(today)]


_SALES = ("Sales User", "Sales Manager", "Sales Master Manager")
_MANAGER = (*_SALES, "Accounts User", "Stock User", "Support Team", "Projects User")
_HEAD_OFFICE = (*_MANAGER, "Accounts Manager", "Purchase User", "Purchase Manager", "Stock Manager")

USERS = (
	DemoUser("asha", "Asha Verma", (), (*_HEAD_OFFICE, "System Manager", "Branch Head Office")),
	DemoUser("wasim", "Wasim Khan", ("West Region",), _MANAGER, Function.MANAGER),
	DemoUser(
		"farida",
		"Farida Contractor",
		("West Region",),
		("Accounts User", "Stock User", "Sales User"),
		Function.ACCOUNTS,
	),
	DemoUser(
		"suresh",
		"Suresh Pillai",
		("North Region", "South Region"),
		("Support Team", "Sales User"),
		Function.SUPPORT,
	),
	DemoUser("divya", "Divya Nair", ("Delhi", "Jaipur"), _SALES, Function.SALES, default="Delhi"),
	DemoUser("meera", "Meera Joshi", ("Mumbai",), _MANAGER, Function.MANAGER),
	DemoUser("rohan", "Rohan Patil", ("Mumbai", "Pune"), ("Sales User",), Function.SALES, default="Mumbai"),
	DemoUser("leena", "Leena Thomas", ("South Region",), _SALES, Function.VIEWER),
	DemoUser("vikram", "Vikram Rao", ("Kochi",), ("Stock User",)),
	DemoUser("nobody", "Nandini Das", (), ("Sales User",)),
)


@dataclass(frozen=True)
class DemoCustomer:
	name: str
	assignments: tuple[Assignment, ...]
	pin_code: str
	contact: str
	days_ago: int


_FIRST = (
	"Aarohi",
	"Bluebell",
	"Chandan",
	"Deepak",
	"Eastern",
	"Falcon",
	"Ganga",
	"Himalaya",
	"Indigo",
	"Jasmine",
)
_SECOND = ("Hardware", "Textiles", "Pumps", "Electricals", "Ceramics", "Stationers")
_PEOPLE = ("Anil Kapadia", "Bina Shetty", "Chetan Gill", "Devi Menon", "Esha Bose", "Farid Ansari")
_OWNERS = {"Mumbai": "meera", "Delhi": "divya", "Jaipur": "divya", "Kochi": "vikram"}
_SUPPORTERS = {"North Region": "suresh", "West Region": "wasim", "South Region": "suresh"}


def _customers() -> tuple[DemoCustomer, ...]:
	"""60 customers over the 12 branches in turn; every fifth belongs to several."""
	places = [branch for branch in BRANCHES if not branch.is_group]
	customers = []
	for number in range(60):
		home = places[number % len(places)]
		rows = [_assignment(home.name, is_primary=True)]
		if number % 5 == 0:
			rows.append(_assignment(places[(number + 4) % len(places)].name))
		if number % 15 == 0:
			rows.append(_assignment(places[(number + 8) % len(places)].name))
		customers.append(
			DemoCustomer(
				f"{_FIRST[number % 10]} {_SECOND[number // 10]}",
				tuple(rows),
				home.pin_codes[0],
				_PEOPLE[number % len(_PEOPLE)],
				days_ago=number * 37 % 360,
			)
		)
	return tuple(customers)


def _assignment(branch: str, is_primary: bool = False) -> Assignment:
	owner = _OWNERS.get(branch)
	return Assignment(
		branch,
		is_primary,
		sales_owner=f"{owner}@{DOMAIN}" if owner else None,
		support_owner=f"{_SUPPORTERS[PARENTS[branch]]}@{DOMAIN}",
		from_date=FOUNDED,
	)


PARENTS = {branch.name: branch.parent for branch in BRANCHES}
CUSTOMERS = _customers()


def tree_nodes() -> list[Branch]:
	return [Branch(branch.name, branch.parent) for branch in BRANCHES]
