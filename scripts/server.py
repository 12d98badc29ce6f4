"""A site served: web, one worker, and the realtime service."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from scripts import say, system
from scripts.site import Site


@contextmanager
def serving(site: Site, preferred: int = 8000) -> Iterator[int]:
	"""The port of this machine where the site, whatever host is asked for, answers while its processes run;
	they end with the command."""
	port = system.free_port(preferred)
	socketio_port = system.free_port(preferred + 1000)
	bench = site.bench
	env = {**bench.environment, "FRAPPE_SITE": site.name, "FRAPPE_SOCKETIO_PORT": str(socketio_port)}
	at_site = ["--site", site.name]
	commands = [
		bench.frappe(*at_site, "serve", "--port", str(port), "--noreload"),
		bench.frappe("worker", "--queue", "default,short,long", "--quiet"),
	]
	if system.find("node"):
		commands.append([*bench.as_owner, "node", str(bench.path / "apps" / "frappe" / "socketio.js")])
	_write_config(site, port, socketio_port)
	processes = []
	try:
		with system.LOG.open("ab") as output:
			for command in commands:
				processes.append(
					subprocess.Popen(
						command,
						cwd=bench.sites,
						env=env,
						stdin=subprocess.DEVNULL,
						stdout=output,
						stderr=output,
						start_new_session=True,
					)
				)
		_wait(processes[0], site.name, port)
		yield port
	finally:
		for process in processes:
			_end(process)


def _write_config(site: Site, port: int, socketio_port: int) -> None:
	"""Where the site and its realtime service are; and an account of mails, which stay in the queue, as they are muted."""
	address = {"host_name": f"http://localhost:{port}", "socketio_port": socketio_port}
	site.config.update(address, mail_server="localhost", auto_email_id="branch-crm@localhost.example")
	site.write_config()


def _wait(web: subprocess.Popen, name: str, port: int) -> None:
	say.step(f"Waiting for the web server of {name}")
	request = urllib.request.Request(f"http://127.0.0.1:{port}/api/method/ping", headers={"Host": name})
	deadline = time.monotonic() + 90
	while True:
		try:
			urllib.request.urlopen(request, timeout=30).close()
			return
		except (urllib.error.URLError, OSError):
			if web.poll() is not None or time.monotonic() > deadline:
				raise say.Failure(f"The web server did not answer; {system.LOG} says why.") from None
			time.sleep(0.5)


def _end(process: subprocess.Popen) -> None:
	for kind in (signal.SIGTERM, signal.SIGKILL):
		try:
			os.killpg(process.pid, kind)
			process.wait(timeout=10)
		except ProcessLookupError:
			return
		except subprocess.TimeoutExpired:
			continue
		return
