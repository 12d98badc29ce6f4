"""No path into the site leaks: every function, report, page and document, over HTTP, as people of every kind.

It keeps its documents in the site, so it comes last. With everybody and every path it takes longer than all tiers
together: that is `make test-leaks`; otherwise some people try a part of the paths.
"""

import os
from pathlib import Path

from tests.site.leak import paths, people, run, server
from tests.site.leak.client import Site
from tests.site.leak.judge import Judge

PERSONS = ("one", "parent", "pair", "nobody", "bare", "viewer", "portal", "guest")
SOME = ("one", "portal")
# each so-manieth path
PART = 60


def test_no_path_leaks(tmp_path: Path) -> None:
	sides, keys = people.committed()
	server.prepare(sides, tmp_path / "rows.json")
	everything = paths.enumerated()
	tried, persons = (everything, PERSONS) if os.environ.get("LEAKS") else (everything[::PART], SOME)
	with server.serving(tmp_path / "rows.json", tmp_path / "server.log") as address:
		judging = Judge(Site(address, keys), *sides)
		*_, outcome = run.run(tried, judging, persons)
	print(outcome, *(f"unproven {name}: {said}" for name, said in outcome.unproven.items()), sep="\n")
	print(*(f"unstable {label}" for label in sorted(judging.unstable)), sep="\n")
	assert not outcome.leaks, "\n".join(map(str, outcome.leaks))
	assert not outcome.denials, "\n".join(outcome.denials)
	assert not (unknown := outcome.unproven_functions()), "\n".join(unknown)
