"""What is said beside an answer, or in the place of one, names no document that the user does not reach: ERPNext names
whatever stands in somebody's way, and knows of no branches."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.utils.caching import request_cache
from werkzeug.wrappers import Request, Response

from branch_crm.branch_access import doctype_facts, permissions, queries, registry
from branch_crm.branch_access.registry import BRANCH, By

# where Frappe puts what it says, in both versions of its API
_SAID = ("_server_messages", "_error_message", "exception", "exc", "messages", "errors")
_LINK = re.compile(r"""<a [^>]*?/app/(?:Form/)?([^/"'>]+)/([^"'>]+)["'][^>]*>.*?</a>""", re.DOTALL)
_BOLD = re.compile(r"<(strong|b)>(.*?)</\1>", re.DOTALL)
_NUMBERED = re.compile(r"\w[\w./]*-[\w./-]*\d[\w./-]*")
_TAG = re.compile(r"<[^>]+>")
# how many words a name has that is not set off, and what may follow it
_WORDS, _MARKS = 6, " .,:;!?()'\""
_NOT_WITHIN = r"(?<![\w-]){}(?![\w-])"


def name_nothing_foreign(response: Response | None, request: Request) -> None:
	"""Put another word in the place of what is foreign. What the request names itself stays: who asks for it knows it,
	and would else learn that it is there."""
	is_said = response is not None and (response.status_code >= 400 or frappe.local.message_log)
	if not is_said or response.mimetype != "application/json" or not queries.is_limited():
		return
	body = json.loads(response.get_data())
	if not isinstance(body, dict):
		return
	said = {key: body[key] for key in _SAID if key in body}
	named = _foreign_in(_texts_of(said), _asked(request))
	if named:
		response.set_data(json.dumps({**body, **_changed(said, lambda text: _without(text, named))}))


def _asked(request: Request) -> str:
	"""All that the request says, however it is written: a form, a body that Frappe reads by itself, JSON within JSON."""
	sent = [unquote(request.path), dict(frappe.form_dict), request.get_data(as_text=True)]
	return "\n".join(_texts_of(sent)).casefold()


def _foreign_in(texts: Collection[str], asked: str) -> set[str]:
	"""The names of documents that the user does not reach, and has not named."""
	reached, foreign = set(), set()
	for doctype, names in _documents_called(_names_in(texts, asked)).items():
		own = permissions.reached_among(doctype, names, frappe.session.user)
		reached |= own
		foreign |= names - own
	return foreign - reached


def _names_in(texts: Collection[str], asked: str) -> dict[str, set[str]]:
	"""By DocType, what may be the name of one of its documents and does not stand in the request: it is linked, stands
	out or looks like a number, or follows the DocType."""
	anything = {word for text in texts for word in _standing_out(text)}
	found = {doctype: set(anything) for doctype in _named_doctypes()}
	for doctype, word in (named for text in texts for named in _following(text)):
		found[doctype].add(word)
	return {
		doctype: names
		for doctype, words in found.items()
		if (names := {word for word in words if word and word.casefold() not in asked})
	}


def _standing_out(text: str) -> Iterator[str]:
	yield from (unquote(name) for _doctype, name in _LINK.findall(text))
	for _tag, inner in _BOLD.findall(text):
		yield from (inner, *(part.strip() for part in inner.split(",")))
	yield from (word.rstrip("./") for word in _NUMBERED.findall(_TAG.sub(" ", text)))


def _following(text: str) -> Iterator[tuple[str, str]]:
	labels, plain = _labels(), _TAG.sub(" ", text)
	either = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
	for label in re.finditer(rf"\b({either})\b", plain, re.IGNORECASE):
		words = plain[label.end() :].split()[:_WORDS]
		for number in range(1, len(words) + 1):
			yield labels[label.group(1).lower()], " ".join(words[:number]).strip(_MARKS)


def _documents_called(wanted: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
	"""By DocType the documents that have one of the names: one query."""
	parts = [
		f"select %s, name from `tab{doctype}` where name in ({', '.join(['%s'] * len(names))})"
		for doctype, names in wanted.items()
	]
	values = [value for doctype, names in wanted.items() for value in (doctype, *names)]
	found: dict[str, set[str]] = defaultdict(set)
	for doctype, name in frappe.db.sql(" union all ".join(parts), values) if parts else ():
		found[doctype].add(name)
	return found


def _labels() -> dict[str, str]:
	return {label.lower(): doctype for doctype in _named_doctypes() for label in (doctype, _(doctype))}


@request_cache
def _named_doctypes() -> list[str]:
	"""Those that branches limit and whose documents have names that are said; which branches there are is no secret
	where one is chosen."""
	unsaid = {BRANCH, *doctype_facts.without_said_names()}
	return [
		doctype
		for doctype in registry.judged_doctypes()
		if doctype not in unsaid and registry.scoping_of(doctype) is not By.ATTACHED
	]


def _without(text: str, named: Collection[str]) -> str:
	other = _("another document")
	text = _LINK.sub(lambda link: other if unquote(link.group(2)) in named else link.group(0), text)
	for name in sorted(named, key=len, reverse=True):
		text = re.sub(_NOT_WITHIN.format(re.escape(name)), other, text)
	return text


def _texts_of(value: object) -> list[str]:
	texts: list[str] = []
	_changed(value, lambda text: texts.append(text) or text)
	return texts


def _changed(value: object, change: Callable[[str], str]) -> object:
	"""`value` with every text changed, in JSON within it as well."""
	if isinstance(value, dict):
		return {key: _changed(one, change) for key, one in value.items()}
	if isinstance(value, list):
		return [_changed(one, change) for one in value]
	if not isinstance(value, str):
		return value
	if value.lstrip()[:1] in ("[", "{"):
		try:
			return json.dumps(_changed(json.loads(value), change))
		except ValueError:
			pass
	return change(value)
