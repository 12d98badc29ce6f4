"""`make demo`: the demo company on a real ERPNext, or in the terminal where no bench can be had."""

import os
import subprocess
import sys
import time

from scripts import bench as benches
from scripts import say, server, session, system
from scripts.site import DEMO, PASSWORD, Site


def main() -> int:
	"""Load the demo company (or take it away: `remove`) and serve it until Ctrl-C; SERVE=0 only loads."""
	system.CACHE.mkdir(parents=True, exist_ok=True)
	action = sys.argv[1] if len(sys.argv) > 1 else "load"
	try:
		bench = benches.find_or_make()
	except benches.NoBench as reason:
		if action == "remove":
			raise say.Failure(f"Nothing to remove: {reason}.") from None
		print(f"No ERPNext here: {reason}. This is the demo company by the rules alone.\n", flush=True)
		command = [sys.executable, "-m", "branch_crm.demo.terminal"]
		return subprocess.run(command, cwd=system.CHECKOUT, check=False).returncode
	with session.ready(bench) as (running, database):
		site = Site(running, database, DEMO)
		if site.is_current():
			site.write_config()
			site.frappe("Bringing the site up to date", "migrate", "--skip-search-index")
		else:
			site.make()
		_run_demo(site, action)
		if action == "load" and os.environ.get("SERVE") != "0":
			_serve(site)
	return 0


def _run_demo(site: Site, action: str) -> None:
	say.step(f"Demo company: {action}")
	command = site.bench.frappe("--site", site.name, "branch-crm-demo", action)
	done = subprocess.run(command, cwd=site.bench.sites, env=site.bench.environment, check=False)
	if done.returncode:
		raise say.Failure("The demo company could not be changed; the lines above say why.")


def _serve(site: Site) -> None:
	with server.serving(site) as port:
		print(f"\nhttp://{site.name}:{port}/app or http://localhost:{port}/app")
		print(f"  Administrator, password {PASSWORD}; Ctrl-C ends it.", flush=True)
		while True:
			time.sleep(3600)


if __name__ == "__main__":
	say.guarded(main)
