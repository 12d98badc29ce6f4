"""Whether an answer says anything of documents that are not the person's."""

import re
from dataclasses import dataclass

from tests.site.leak.client import Answer, Request, Site
from tests.site.leak.variations import BROKEN
from tests.site.leak.world import Side

_WORD = re.compile(r"[\w.~-]+")
# names that Frappe makes up, which no comparison of texts tells
_HASH = re.compile(r"(?=[a-z]*\d)[a-z0-9]{10}")
# whose own documents are the own side's; the others have none
OF_OWN = ("one", "parent", "pair", "viewer", "portal", "bare")
# who may do with the own side's documents what head office may
EQUALS = ("one", "parent", "pair")
REFUSALS = (403, 404, 417)
# what is made anew may be told that its name is taken; and what docs/security.md says is told
_TOLD = (
	*("frappe.desk.desktop.get_desktop_page", "frappe.desk.form.linked_with.get_linked_doctypes"),
	"erpnext.www.book_appointment.index.create_appointment",
	*("frappe.client.insert", "frappe.client.insert_many", "frappe.desk.form.save.savedocs"),
	"erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.is_serial_batch_no_exists",
)


@dataclass(frozen=True)
class Leak:
	person: str
	request: Request
	what: str

	def __str__(self) -> str:
		return f"{self.person}: {self.request.label or self.request.path} {str(self.request.arguments)[:200]} {self.what}"[
			:2500
		]


class Judge:
	"""Compares answers of the site with what it answers where the foreign documents are not there."""

	def __init__(self, site: Site, own: Side, foreign: Side) -> None:
		self.site = site
		self.own = own
		self.foreign = foreign
		self.foreign_rows = {f"{table} {name}" for table, names in foreign.rows.items() for name in names}
		self.foreign_names = {
			name for names in foreign.rows.values() for name in names if _HASH.fullmatch(str(name))
		}
		self.unstable: set[str] = set()
		self.own_rows = {f"{table} {name}" for table, names in own.rows.items() for name in names}

	def leak(self, person: str, request: Request) -> Leak | None:
		"""What the person is told or changes that is not his."""
		without = "foreign" if person in OF_OWN else "all"
		answer, other = self.site.ask(person, request), self.site.ask(person, request, without)
		if what := self._touched(person, answer):
			return Leak(person, request, what)
		if _words(answer) != _words(other) and request.label not in _TOLD:
			again, without_again = self.site.ask(person, request), self.site.ask(person, request, without)
			if _words(again) == _words(answer) != _words(without_again):
				return Leak(person, request, difference(answer.said, other.said))
			if _words(again) != _words(without_again):
				self.unstable.add(request.label or request.path)
		if what := self._marked(person, request, answer):
			return Leak(person, request, what)
		return None

	def kept(self, person: str, request: Request) -> Leak | None:
		"""What the person is told from what the site keeps since head office has asked the same."""
		self.site.ask("head", request)
		answer = self.site.ask(person, request, keeps=True)
		what = self._marked(person, request, answer)
		return Leak(person, request, f"kept for head office: {what}") if what else None

	def broken(self, person: str, request: Request) -> Leak | None:
		"""Whether the database does not understand a query that the request leads to."""
		answer = self.site.ask(person, request)
		if answer.status >= 500 and any(word in answer.text for word in BROKEN):
			return Leak(person, request, f"breaks a query: {answer.text[-200:]}")
		return None

	def _touched(self, person: str, answer: Answer) -> str | None:
		theirs = self.foreign_rows | (set() if person in (*EQUALS, "portal", "bare") else self.own_rows)
		touched = theirs.intersection(answer.touched)
		return f"changes {sorted(touched)[:5]}" if touched else None

	def _marked(self, person: str, request: Request, answer: Answer) -> str | None:
		words = {self.foreign.word} if person in OF_OWN else {self.foreign.word, self.own.word}
		sent = f"{request.path} {request.arguments}"
		for word in words:
			if word in answer.text and word not in sent:
				at = answer.text.index(word)
				return f"says {answer.text[max(at - 80, 0) : at + 80]!r}"
		names = self.foreign_names.intersection(_WORD.findall(answer.text)) if person in OF_OWN else set()
		return next((f"names {name}" for name in sorted(names) if name not in sent), None)


def _words(answer: Answer) -> list[str]:
	"""What it says, in whatever order the database has found it."""
	return sorted(_WORD.findall(answer.said))


def difference(one: str, other: str) -> str:
	at = next(
		(i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
	)
	return f"{one[max(at - 90, 0) : at + 110]!r} but {other[max(at - 30, 0) : at + 110]!r}"
