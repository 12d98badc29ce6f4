"""Pages of the website: what they are asked for, and what their forms offer."""

import json
from collections.abc import Collection

import frappe
from erpnext.templates.pages import search_help
from frappe.model.document import Document
from frappe.website.doctype.web_form import web_form as web_forms
from frappe.website.page_renderers.base_renderer import BaseRenderer
from frappe.website.router import get_page_info_from_web_form

from branch_crm.branch_access import (
	guard_queries,
	permissions,
	portal_guard,
	portal_queries,
	portal_requests,
	queries,
	registry,
)
from branch_crm.branch_access.argument_rules import Malformed

# where Frappe prints any document
_PRINTS = ("printview", "Payment Request/")


class ForeignPage(BaseRenderer):
	"""Renders nothing: Frappe asks it first, and it refuses a page of a document that its visitor does not reach, be he
	limited by parties or by branches: Frappe and ERPNext show documents of whatever branch to who sees their customer."""

	def can_render(self) -> bool:
		"""Raises:
		frappe.PageDoesNotExistError: for what is not there and for what is not his.
		frappe.PermissionError: for any document that a guest asks for; the page offers to log in.
		"""
		user = frappe.session.user
		if queries.is_limited(user):
			self._judge(user)
		return False

	def _judge(self, user: str) -> None:
		try:
			listed = "Timesheet" if self.path in portal_requests.TIMESHEETS else frappe.form_dict.doctype
			portal_requests.refuse_timesheets_of_all(listed, user)
			is_whole = user != "Guest" and portal_guard.is_page()
			named = [*portal_requests.of_page(self.path, frappe.form_dict, is_whole)]
			if web_form := get_page_info_from_web_form(self.path):
				named += portal_requests.of_web_form_page(web_form.name, frappe.form_dict)
			portal_guard.refuse_foreign(named, user, is_payment_shown=not self.path.startswith(_PRINTS))
		except (frappe.DoesNotExistError, Malformed):
			frappe.clear_messages()
			# Frappe keeps which addresses lead nowhere, for everybody
			frappe.local.no_cache = 1
			raise frappe.PageDoesNotExistError from None


def has_website_permission(doc: Document, ptype: str, user: str, verbose: bool = False) -> bool:
	"""Whether the website may show the document to the user, as far as branches and parties have a say in it. All apps
	have to agree; for a DocType of which no other app says who may, nobody may."""
	if len(frappe.get_hooks("has_website_permission").get(doc.doctype, ())) < 2:
		return False
	return not queries.is_limited(user) or permissions.reaches(doc.doctype, doc.name, user)


@frappe.whitelist(allow_guest=True)
def get_form_data(doctype: str, docname: str | None = None, web_form_name: str | None = None) -> dict:
	"""Frappe's own for a form of the website; it offers all documents in link fields."""
	answer = web_forms.get_form_data(doctype, docname, web_form_name)
	if queries.is_limited():
		_keep_own_options(answer.web_form.name, answer.web_form.web_form_fields)
	return answer


def limit_web_form(context: dict) -> None:
	"""The same for the page with the form."""
	form = context.get("web_form_doc")
	if form and queries.is_limited():
		_keep_own_options(form.name, form.web_form_fields)


@frappe.whitelist(allow_guest=True)
def get_help_results_sections(text: str) -> list[dict]:
	"""ERPNext's own for the search for help, which may be set up to look at everybody's documents."""
	return _without_documents(search_help.get_help_results_sections(text))


def limit_help(context: dict) -> None:
	"""The same for its page."""
	if sections := context.get("results_sections"):
		context["results_sections"] = _without_documents(sections)


def _without_documents(sections: list[dict]) -> list[dict]:
	if not queries.is_limited():
		return sections
	searched = frappe.get_cached_doc("Support Settings").get("search_apis", {"source_type": "Link"})
	barred = {source.source_name for source in searched if guard_queries.is_judged(source.source_doctype)}
	return [section for section in sections if section["title"] not in barred]


def _keep_own_options(web_form: str, fields: Collection[dict]) -> None:
	links = portal_queries.links_of_web_form(web_form)
	for field in fields:
		doctype = links.get(field.get("fieldname"))
		# which branches there are, the form is there to tell
		if doctype and doctype != registry.BRANCH and guard_queries.is_judged(doctype):
			field.update({"options": _own_options(doctype, field.get("options") or "")})


def _own_options(doctype: str, options: str | list) -> str | list:
	"""Those of the options that the session's user sees: a line each, or rows with labels, or these as JSON."""
	is_json = isinstance(options, str) and options.startswith("[")
	rows = json.loads(options) if is_json else options
	if isinstance(rows, str):
		names = [name for name in rows.split("\n") if name]
		own = permissions.reached_among(doctype, names, frappe.session.user)
		return "\n".join(name for name in names if name in own)
	own = permissions.reached_among(doctype, [row["value"] for row in rows], frappe.session.user)
	rows = [row for row in rows if row["value"] in own]
	return json.dumps(rows, default=str) if is_json else rows
