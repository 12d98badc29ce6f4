"""Requests to the server, and answers made comparable."""

import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date
from http.cookiejar import DefaultCookiePolicy

import requests
from pypdf import PdfReader

from tests.site.leak.people import user_of
from tests.site.leak.server import WITHOUT

# what differs from one request to the next
_PASSING = re.compile(
	r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?|\d\d-\d\d-\d{4} \d\d:\d\d:\d\d|\b\d\d:\d\d:\d\d(\.\d+)?\b"
	r"|\b(?=[a-z]*\d)[a-z0-9]{10}\b|\b[0-9a-f]{16,64}\b|(?<=\d)\.\d{6,}"
	r"|127\.0\.0\.1:\d+|object at 0x\w+|\d+ (milli)?seconds?|\"execution_time\": ?[\d.e-]+|\"calc_time\": ?\"[\d:.]+\"|csrf_token = \"\w+\""
)
_SECONDS = 60
# stands in arguments for whoever asks
ME = "zq-who-asks"
# where Frappe sends whom it does not let in
_TURNED_AWAY = ("/login", "/message")


class Whole(dict):
	"""What is sent as an object, not as a text of it."""


@dataclass(frozen=True)
class Request:
	"""What is sent. `label` says what of."""

	verb: str
	path: str
	arguments: dict = field(default_factory=dict, hash=False)
	label: str = ""

	@property
	def command(self) -> str:
		"""The function that is called, by what it is called with."""
		return self.path.removeprefix("/api/method/")

	@classmethod
	def of(cls, command: str, arguments: dict, verb: str = "POST") -> "Request":
		return cls(verb, f"/api/method/{command}", arguments, command)


@dataclass(frozen=True)
class Answer:
	status: int
	text: str
	touched: tuple[str, ...] = ()

	@property
	def is_good(self) -> bool:
		went_on = self.status == 302 and not self.text.startswith(_TURNED_AWAY)
		return 200 <= self.status < 300 or went_on

	@property
	def said(self) -> str:
		return _PASSING.sub("~", f"{self.status} {self.text}")


class Site:
	"""The site as people ask it over HTTP. `keys` are their tokens, by kind of person."""

	def __init__(self, address: str, keys: dict[str, str]) -> None:
		self.address = address
		self.keys = keys
		self.session = _without_cookies()

	def ask(self, person: str, request: Request, without: str | None = None, keeps: bool = False) -> Answer:
		"""The answer to the person, with all documents or without some; `keeps` what the request before left in the
		cache."""
		headers = {"Accept": "application/json"}
		if person in self.keys:
			headers["Authorization"] = f"token {self.keys[person]}"
		if keeps:
			headers["X-Keeps"] = "1"
		if without:
			headers["X-Without"] = WITHOUT[without]
		sent = {key: _text(value, user_of(person)) for key, value in request.arguments.items()}
		shape = {"params": sent} if request.verb == "GET" else {"json": sent}
		try:
			answer = self.session.request(
				request.verb,
				self.address + request.path,
				headers=headers,
				timeout=_SECONDS,
				allow_redirects=False,
				**shape,
			)
		except requests.RequestException as error:
			self.session = _without_cookies()
			return Answer(599, type(error).__name__)
		done = answer.headers.get("X-Without", "")
		assert done == headers.get("X-Without", ""), f"{request} was answered with the documents there"
		touched = tuple(json.loads(answer.headers.get("X-Touched", "[]")))
		return Answer(answer.status_code, _readable(answer), touched)


def _without_cookies() -> requests.Session:
	"""Everybody is who his token says, also after a login."""
	session = requests.Session()
	session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
	return session


def _text(value: object, user: str) -> object:
	if isinstance(value, date):
		return str(value)
	is_text = isinstance(value, dict | list) and not isinstance(value, Whole)
	text = json.dumps(value, default=str) if is_text else value
	return text.replace(ME, user) if isinstance(text, str) else text


def _readable(answer: requests.Response) -> str:
	content = answer.content
	location = answer.headers.get("Location", "")
	if content.startswith(b"PK"):
		with zipfile.ZipFile(io.BytesIO(content)) as book:
			return location + "".join(
				book.read(name).decode(errors="replace")
				for name in sorted(book.namelist())
				if "docProps" not in name
			)
	if content.startswith(b"%PDF"):
		return location + "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
	return location + answer.text
