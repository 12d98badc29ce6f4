"""The server that the suite asks: it answers with all documents, or as if some were not there."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import frappe
import requests

from tests.site.leak.people import SECOND_APP
from tests.site.leak.world import Side

CHECKOUT = Path(__file__).resolve().parents[3]
WITHOUT = {"foreign": "leak_without_foreign", "all": "leak_without_all"}


def prepare(sides: tuple[Side, Side], rows_file: Path) -> None:
	"""The procedures that take rows away, and the list of the rows that are watched."""
	own, foreign = sides
	_define(WITHOUT["foreign"], foreign.rows)
	everything = {table: [*own.rows.get(table, []), *rows] for table, rows in foreign.rows.items()}
	_define(WITHOUT["all"], everything)
	rows_file.write_text(json.dumps(everything))


def _define(procedure: str, rows: dict[str, list[str]]) -> None:
	deletions = "".join(
		f"delete from `tab{table}` where name in ({', '.join(frappe.db.escape(name) for name in names)}); "
		for table, names in rows.items()
	)
	frappe.db.sql_ddl(f"drop procedure if exists {procedure}")
	frappe.db.sql_ddl(f"create procedure {procedure}() begin {deletions} end")


@contextmanager
def serving(rows_file: Path, log: Path) -> Iterator[str]:
	"""The address of the server; it has a Redis of its own."""
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		address = f"127.0.0.1:{probe.getsockname()[1]}"
	env = {
		**os.environ,
		"LEAK_ROWS": str(rows_file),
		"FRAPPE_REDIS_CACHE": f"{os.environ['FRAPPE_REDIS_CACHE']}/1",
		"PYTHONPATH": str(CHECKOUT),
	}
	# where Frappe looks for a site's own apps, anew after every clearing of its cache
	apps = Path(frappe.get_site_path("apps.txt"))
	apps.write_text(SECOND_APP)
	command = [sys.executable, "-W", "ignore", "-m", "gunicorn", "tests.site.leak.serving:application"]
	command += ["--bind", address, "--threads", "3", "--timeout", "600"]
	with log.open("w") as output:
		process = subprocess.Popen(command, env=env, stdout=output, stderr=output)
		try:
			_wait(f"http://{address}", process, log)
			yield f"http://{address}"
		finally:
			process.terminate()
			process.wait()
			apps.unlink()


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
	deadline = time.monotonic() + 120
	while process.poll() is None and time.monotonic() < deadline:
		try:
			requests.get(f"{address}/api/method/ping", timeout=60).raise_for_status()
			return
		except requests.RequestException:
			# not a wait for a result: the server is asked again until it listens
			time.sleep(0.2)
	raise RuntimeError(log.read_text()[-2000:])
