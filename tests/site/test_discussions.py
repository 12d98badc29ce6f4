"""What is said in discussions: below documents that one sees, and changed by who has said it."""

import frappe
import pytest

from tests.site.company import switch_on
from tests.site.http_requests import Answer, call
from tests.site.portal import Portal
from tests.site.strangers import THERE, user

__all__ = ["user"]

MODULE = "frappe.website.doctype.discussion_topic.discussion_topic"
REPLY = "Discussion Reply"


@pytest.fixture
def buyer(portal: Portal, rights: None) -> str:
	switch_on()
	return portal.buyer


def topic_of(customer: str) -> str:
	topic = {"doctype": "Discussion Topic", "title": "x", "reference_doctype": "Customer"}
	return frappe.get_doc({**topic, "reference_docname": customer}).insert().name


def said(topic: str) -> str:
	return frappe.get_doc({"doctype": REPLY, "topic": topic, "reply": "theirs"}).insert().name


def submitted(user: str, customer: str, **where) -> Answer:
	asked = {"doctype": "Customer", "docname": customer, "reply": "mine", "title": "x"} | where
	return call(user, f"{MODULE}.submit_discussion", **asked)


@pytest.mark.parametrize("customer", [THERE, "Zq Shared"])
def test_nobody_changes_what_somebody_else_has_said(user: str, customer: str) -> None:
	reply = said(topic_of(customer))
	one, other = (submitted(user, "Zq Mine", reply_name=name) for name in (reply, "REPLY"))
	assert frappe.db.get_value(REPLY, reply, "reply") == "theirs"
	assert (one.status, one.text.replace(reply, "REPLY")) == (other.status, other.text)


def test_nobody_replies_where_he_does_not_see_what_it_is_about(user: str) -> None:
	topic = topic_of(THERE)
	one, other = (submitted(user, "Zq Mine", topic_name=name) for name in (topic, "TOPIC"))
	assert not frappe.db.exists(REPLY, {"topic": topic})
	assert (one.status, one.text.replace(topic, "TOPIC")) == (other.status, other.text)


def test_a_buyer_changes_no_reply_of_others(buyer: str) -> None:
	reply = said(topic_of("Foreign"))
	submitted(buyer, "Own", reply_name=reply)
	assert frappe.db.get_value(REPLY, reply, "reply") == "theirs"


@pytest.mark.parametrize("who", ["user", "buyer"])
def test_one_says_something_answers_and_corrects_oneself(request: pytest.FixtureRequest, who: str) -> None:
	person, customer = request.getfixturevalue(who), {"user": "Zq Mine", "buyer": "Own"}[who]
	topic = submitted(person, customer).message
	assert submitted(person, customer, topic_name=topic).status == 200
	assert frappe.db.count(REPLY, {"topic": topic, "reply": "mine"}) == 2
	mine = frappe.get_all(REPLY, {"topic": topic}, pluck="name")[0]
	assert submitted(person, customer, reply_name=mine, reply="better").status == 200
	assert frappe.db.get_value(REPLY, mine, "reply") == "better"
