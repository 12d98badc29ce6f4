"""Web server, worker and realtime server of one site, running until the command ends."""

from __future__ import annotations

import http.client
from contextlib import ExitStack
from dataclasses import dataclass

from scripts.places import CHECKOUT
from scripts.process import background
from scripts.services import free_port, wait_until
from scripts.site import Site
from scripts.system import needed

FIRST_ANSWER_SECONDS = 120


@dataclass(frozen=True)
class Server:
	site: Site
	port: int
	realtime_port: int

	@property
	def url(self) -> str:
		"""Leads to the site whatever this machine makes of names below localhost."""
		return f"http://localhost:{self.port}"

	def answers(self) -> bool:
		connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
		try:
			connection.request("GET", "/api/method/ping", headers={"Host": self.site.name})
			return connection.getresponse().status == 200
		except OSError:
			return False
		finally:
			connection.close()


def plan(site: Site, preferred_port: int = 0) -> Server:
	"""Chooses the ports and writes them into the site's configuration."""
	port = next((each for each in range(preferred_port, preferred_port + 20) if each == free_port(each)), 0)
	server = Server(site, port if preferred_port and port else free_port(), free_port())
	site.configure(host_name=server.url, socketio_port=server.realtime_port, webserver_port=server.port)
	return server


def serve(stack: ExitStack, server: Server) -> None:
	"""Starts the three processes and returns when the site answers."""
	bench = server.site.bench
	env = bench.environment()
	realtime = {
		"FRAPPE_SITE": server.site.name,
		"FRAPPE_BENCH_ROOT": str(bench.path),
		"FRAPPE_SOCKETIO_PORT": str(server.realtime_port),
		"NODE_OPTIONS": f"--require={CHECKOUT / 'scripts' / 'inside' / 'localhost.js'}",
	}
	ports = [str(server.port), str(server.realtime_port)]
	web = background("web", bench.script("web.py", server.site.name, *ports), cwd=bench.sites, env=env)
	stack.callback(web.stop)
	queues = bench.frappe("worker", "--queue", "default,short,long")
	stack.callback(background("worker", queues, cwd=bench.sites, env=env).stop)
	socketio = [needed("node"), str(bench.path / "apps/frappe/socketio.js")]
	stack.callback(background("realtime", socketio, cwd=bench.path, env=env | realtime).stop)
	wait_until(server.answers, web, FIRST_ANSWER_SECONDS)
