"""Runs inside the bench: serves one site on this machine only, realtime included.

Frappe's own development server listens on all addresses and offers a debugger; a site whose password
everybody knows should not.

Usage: web.py <site> <port> <port of the realtime server>
"""

import logging
import sys
from collections.abc import Iterable
from typing import Any

import frappe.app
from werkzeug.middleware.http_proxy import ProxyMiddleware
from werkzeug.serving import run_simple

REALTIME = "/socket.io"
LONGEST_POLL_SECONDS = 60
OFFER = b'"upgrades":["websocket"]'
NO_OFFER = b'"upgrades":[]'.ljust(len(OFFER))


class Realtime:
	"""Forwards realtime traffic as plain requests: the answer that opens a session offers no WebSocket."""

	def __init__(self, application: Any, port: str) -> None:
		target = {REALTIME: {"target": f"http://127.0.0.1:{port}", "remove_prefix": False, "host": None}}
		self.application = application
		self.proxy = ProxyMiddleware(application, target, timeout=LONGEST_POLL_SECONDS)

	def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
		if not environ["PATH_INFO"].startswith(REALTIME):
			return self.application(environ, start_response)
		answer = self.proxy(environ, start_response)
		if "sid=" in environ["QUERY_STRING"]:
			return answer
		return [b"".join(answer).replace(OFFER, NO_OFFER)]


def main(site: str, port: str, realtime_port: str) -> None:
	logging.getLogger("werkzeug").setLevel(logging.WARNING)
	frappe.app._site = site
	frappe.app._sites_path = "."
	application = Realtime(frappe.app.application_with_statics(), realtime_port)
	run_simple("127.0.0.1", int(port), application, threaded=True)


main(*sys.argv[1:])
