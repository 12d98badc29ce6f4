"""Frappe opens files of the server that a text names, when it is mailed or printed: not those of others, and none that are
no images."""

import email
import json

import frappe
import pytest

from tests.site.company import as_user, switch_on
from tests.site.documents import make_lead
from tests.site.http_requests import call
from tests.site.portal import Portal
from tests.site.strangers import THERE, user
from tests.site.test_files import attach

__all__ = ["user"]
SECRET = "ZQSECRET of Agra"
_MAKE = "frappe.core.doctype.communication.email.make"
_PIXEL = (
	b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
	b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def account() -> None:
	values = {"email_id": "out@x.example", "email_account_name": "Zq out", "smtp_server": "localhost"}
	outgoing = {"enable_outgoing": 1, "default_outgoing": 1, "password": "x"}
	doc = frappe.get_doc({"doctype": "Email Account", **outgoing, **values})
	doc.flags.ignore_validate = True
	doc.insert(ignore_mandatory=True)


def _mailed() -> list[bytes]:
	"""What the mails of this test take along."""
	messages = frappe.get_all(
		"Email Queue", {"sender": ["is", "set"]}, pluck="message", order_by="creation desc"
	)
	parts = (part for message in messages for part in email.message_from_string(message).walk())
	return [part.get_payload(decode=True) or b"" for part in parts if part.get_content_disposition()]


@pytest.mark.parametrize(
	"text",
	[
		'<p>embed="{}"</p>',
		"<p>embed = '{}'</p>",
		'<img data-embed="{}">',
		"<img data-embed={}>",
		"<p>embed&#61;&quot;{}&quot;</p>",
		'<p>emb<!-- -->ed="{}"</p>',
		'<p>emb<b></b>ed="{}"</p>',
	],
)
@pytest.mark.usefixtures("account")
def test_no_mail_takes_a_file_along_that_its_text_names(user: str, text: str) -> None:
	asked = {"doctype": "Customer", "name": "Zq Mine", "recipients": "me@else.example", "subject": "x"}
	for path in (attach(THERE, SECRET).file_url, f"{frappe.local.site}/site_config.json"):
		answer = call(user, _MAKE, content=text.format(path), send_email=1, **asked)
		assert (answer.status, "embed=" in answer.text) == (403, True)
		# what somebody else has written is answered with its text
		frappe.sendmail("me@else.example", subject="x", message=text.format(path), delayed=True)
	assert all(SECRET.encode() not in part and b"db_password" not in part for part in _mailed())


@pytest.mark.usefixtures("account")
def test_an_image_of_others_stays_where_it_is(user: str) -> None:
	image = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": "zq.png",
			"is_private": 1,
			"content": _PIXEL,
			"attached_to_doctype": "Customer",
			"attached_to_name": THERE,
		}
	).insert()
	for sender, is_taken in ((user, False), ("Administrator", True)):
		frappe.db.delete("Email Queue")
		with as_user(sender):
			message = f'<img embed="{image.file_url}">'
			frappe.sendmail("me@else.example", subject="x", message=message, delayed=True)
		assert (_PIXEL in _mailed()) is is_taken


@pytest.mark.usefixtures("account")
def test_a_guest_and_a_portal_user_are_refused(portal: Portal) -> None:
	url = attach("Foreign", SECRET).file_url
	switch_on()
	frappe.local.request_ip = "1.2.3.4"
	asked = {"sender": "evil@else.example", "subject": "x", "message": f'embed="{url}"'}
	assert call("Guest", "frappe.www.contact.send_message", **asked).status == 403
	asked["message"] = "What do you embed? Mail me."
	assert call("Guest", "frappe.www.contact.send_message", **asked).status == 200
	with as_user(portal.buyer):
		issue = frappe.get_doc({"doctype": "Issue", "subject": "mine"}).insert(ignore_permissions=True).name
	of = {"reference_doctype": "Issue", "reference_name": issue, "route": "", "comment_by": "x"}
	of |= {"comment": f'embed="{url}"', "comment_email": portal.buyer}
	add = "frappe.templates.includes.comments.comments.add_comment"
	assert call(portal.buyer, add, **of).status == 403


@pytest.mark.parametrize("name", ["pdfkit-allow", "pdfkit&#45;allow", "PDFKIT-header-html"])
def test_no_page_says_how_it_is_printed(user: str, name: str) -> None:
	html = f'<html><head><meta name="{name}" content="/"></head><body>x</body></html>'
	assert call(user, "frappe.utils.print_format.report_to_pdf", html=html).status == 403
	lead = {"doctype": "Lead", "first_name": "x", "branch": "Delhi", "notes": [{"note": html}]}
	assert call(user, "frappe.client.insert", doc=json.dumps(lead)).status == 403


def test_texts_about_something_else_are_stored(user: str) -> None:
	lead = make_lead("Zq Lead", branch="Delhi").name
	for text in ("https://x.example/report?embed=true&a=1", "<a href='https://x.example/?embed=1'>x</a>"):
		asked = {"reference_doctype": "Lead", "reference_name": lead, "content": text}
		add = "frappe.desk.form.utils.add_comment"
		assert call(user, add, comment_email=user, comment_by="x", **asked).status == 200
