"""No path into the site leaks: every function, report, page and document, over HTTP, as people of every kind.

It keeps its documents in the site, and takes long: `make test-leaks` runs it on a site of its own, at the very end.
"""

import os
from pathlib import Path

import pytest

from tests.site.leak import paths, people, run, server
from tests.site.leak.client import Site
from tests.site.leak.judge import Judge

PERSONS = ("one", "parent", "pair", "nobody", "bare", "viewer", "portal", "guest")


# with everybody and every path it takes longer than all tiers together
@pytest.mark.skipif(not os.environ.get("LEAKS"), reason="make test-leaks")
def test_no_path_leaks(tmp_path: Path) -> None:
	sides, keys = people.committed()
	server.prepare(sides, tmp_path / "rows.json")
	with server.serving(tmp_path / "rows.json", tmp_path / "server.log") as address:
		judging = Judge(Site(address, keys), *sides)
		*_, outcome = run.run(paths.enumerated(), judging, PERSONS)
	print(outcome, *(f"unproven {name}: {said}" for name, said in outcome.unproven.items()), sep="\n")
	assert not outcome.leaks, "\n".join(map(str, outcome.leaks))
	assert not outcome.denials, "\n".join(outcome.denials)
