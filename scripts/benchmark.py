"""`make bench`: the benchmarks on the test site."""

import os

from scripts import bench as benches
from scripts import say, session, system
from scripts.site import TEST, Site


def main() -> int:
	"""Print the figures; CUSTOMERS and DOCUMENTS are the sizes of the data."""
	system.CACHE.mkdir(parents=True, exist_ok=True)
	try:
		bench = benches.find_or_make()
	except benches.NoBench as reason:
		raise say.Failure(f"The benchmarks need a bench: {reason}.") from None
	session.require_packages(bench, session.NEEDED)
	with session.ready(bench) as (running, database):
		site = Site(running, database, TEST)
		site.make()
		env = {
			"BRANCH_CRM_BENCH": str(running.path),
			"BRANCH_CRM_SITE": site.name,
			"BRANCH_CRM_CUSTOMERS": os.environ.get("CUSTOMERS") or "100000",
			"BRANCH_CRM_DOCUMENTS": os.environ.get("DOCUMENTS") or "100000",
		}
		return session.run_in_bench(running, ["-m", "pytest", "tests/bench", "-s", "-q"], env)


if __name__ == "__main__":
	say.guarded(main)
