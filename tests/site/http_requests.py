"""Requests as they come over HTTP, answered within the test's own transaction."""

import json
from dataclasses import dataclass
from unittest.mock import patch

import frappe
from frappe import api, app, auth, handler
from frappe.utils.response import build_response
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from branch_crm import hooks
from tests.site.company import as_user


@dataclass
class Answer:
	"""What came back. `refusal` is the exception that a client would be told of; its `text` is the body then."""

	text: str
	refusal: Exception | None = None

	@property
	def status(self) -> int:
		return getattr(self.refusal, "http_status_code", 500) if self.refusal else 200

	@property
	def message(self) -> object:
		answer = json.loads(self.text)
		return answer.get("message", answer.get("data"))


def send(user: str, verb: str, path: str, /, body: str | None = None, **arguments) -> Answer:
	"""One request of this user. `arguments` are the query of a GET or HEAD and the JSON of anything else, unless there is a
	`body` of plain text. What a refused request did is rolled back."""
	shape = {"data": body, "content_type": "text/plain"} if body is not None else {"json": arguments}
	if verb in ("GET", "HEAD"):
		shape = {"query_string": {key: _text(value) for key, value in arguments.items()}}
	request = Request(
		EnvironBuilder(path=path, method=verb, base_url="http://site.test", **shape).get_environ()
	)
	frappe.db.savepoint("http")
	frappe.local.response = frappe._dict(docs=[])
	frappe.local.message_log = []
	frappe.flags.error_message = None
	# or the access log of an export would commit the test
	with as_user(user), patch.object(frappe.db, "commit"):
		before = getattr(frappe.local, "request", None), frappe.local.form_dict
		frappe.local.request = request
		app.make_form_dict(request)
		try:
			return Answer(_after(request, _answer(request)))
		except Exception as refusal:
			frappe.db.rollback(save_point="http")
			told = [str(message.get("message")) for message in frappe.local.message_log]
			said = {"errors": [str(refusal), *told, frappe.flags.error_message]}
			response = Response(json.dumps(said), 417, mimetype="application/json")
			return Answer(json.dumps(json.loads(_after(request, response))["errors"]), refusal)
		finally:
			frappe.local.request, frappe.local.form_dict = before


def call(user: str, command: str, /, **arguments) -> Answer:
	"""A function called as the desk calls it."""
	return send(user, "POST", f"/api/method/{command}", **arguments)


def _after(request: Request, response: Response) -> str:
	"""What the app does with an answer before it is sent."""
	for hook in hooks.after_request:
		frappe.call(hook, response=response, request=request)
	return response.get_data(as_text=True)


def _answer(request: Request) -> Response:
	try:
		auth.validate_auth_via_hooks()
		if frappe.form_dict.cmd:
			handler.handle()
			return build_response("json")
		if request.path.startswith("/api/"):
			return api.handle(request)
		# the page or file itself is no part of these tests
		return Response("{}")
	except HTTPException as error:
		error.http_status_code = error.code
		raise


def _text(value: object) -> object:
	return json.dumps(value) if isinstance(value, dict | list) else value
