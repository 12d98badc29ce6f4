"""What the demo company does for its customers besides selling: plain records, days counted back from loading."""

from collections.abc import Iterator
from dataclasses import dataclass

from branch_crm.demo import records, sales_records


@dataclass(frozen=True)
class DemoIssue:
	subject: str
	customer: str
	branch: str
	by: str
	status: str
	days_ago: int


@dataclass(frozen=True)
class DemoProject:
	"""Work for a customer, in his primary branch; each task is a subject and a status."""

	name: str
	customer: str
	branch: str
	tasks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DemoTask:
	"""Something to be done in a branch for nobody in particular."""

	subject: str
	branch: str
	status: str
	days: int


SUBJECTS = ("Pump does not start", "Two tiles broken", "Invoice copy please", "Wrong wire delivered")
STATUSES = ("Open", "Closed", "Replied", "Open", "Resolved", "On Hold")


def _issues() -> Iterator[DemoIssue]:
	"""Two per branch, typed in by the support of its region or, every third, by head office for him."""
	places = sales_records.PLACES
	for number in range(2 * len(places)):
		branch = places[number % len(places)].name
		support = "wasim" if records.PARENTS[branch] == "West Region" else "suresh"
		customer = number if number % 5 else number + 2 * len(places)
		yield DemoIssue(
			SUBJECTS[number % len(SUBJECTS)],
			records.CUSTOMERS[customer].name,
			branch,
			support if number % 3 else "asha",
			STATUSES[(number + number // len(places)) % len(STATUSES)],
			days_ago=70 - 2 * number,
		)


def _project(number: int, name: str) -> DemoProject:
	customer = records.CUSTOMERS[number]
	return DemoProject(
		name,
		customer.name,
		customer.assignments[0].branch,
		(("Survey of the site", "Completed"), ("Delivery plan", "Working"), ("Installation", "Open")),
	)


ISSUES = tuple(_issues())
PROJECTS = (
	_project(4, "Pumping station Mumbai"),
	_project(13, "New showroom Jaipur"),
	_project(23, "Rewiring Kochi"),
)
TASKS = (
	DemoTask("Call dormant customers", "Mumbai", "Open", 5),
	DemoTask("Check open quotations", "Delhi", "Open", 3),
	DemoTask("Prepare stocktaking", "Pune", "Working", 10),
	DemoTask("Renew trade licence", "Kochi", "Open", 20),
	DemoTask("Visit dealers of the region", "West Region", "Open", 14),
	DemoTask("Clean up price labels", "Chennai", "Completed", 2),
)
# subject, branch, days from today
EVENTS = (
	("Dealer meeting", "Mumbai", 7),
	("Branch review", "North Region", 3),
	("Trade fair", "Bengaluru", 21),
)
# customers with a yearly service contract
CONTRACTS = (records.CUSTOMERS[16].name, records.CUSTOMERS[1].name)
