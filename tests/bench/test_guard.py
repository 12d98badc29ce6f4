"""What the guard over requests costs, by what a request names. Prints; asserts nothing about time."""

import json
from collections.abc import Callable, Iterator

import frappe
import pytest
from frappe import app, auth
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from branch_crm.branch_access import api, queries
from branch_crm.customer_master import deletion_queries
from tests.bench.measuring import acting_as, make_user, median_ms, remove_users, switch_on

BRANCH = "Zq Guarded"
CUSTOMER = "Zq Guarded Customer"
RUNS = 60


@pytest.fixture(scope="module")
def users() -> Iterator[dict[str, str]]:
	frappe.get_doc({"doctype": "Branch", "branch": BRANCH}).insert()
	customer = {"doctype": "Customer", "customer_name": CUSTOMER, "customer_group": "Commercial"}
	frappe.get_doc({**customer, "branches": [{"branch": BRANCH, "is_primary": 1}]}).insert()
	made = {
		"one branch": make_user("guarded", [BRANCH]),
		"head office": make_user("guarded head", [], "Branch Head Office"),
		"portal": make_user("guarded buyer", []),
	}
	buyer = frappe.get_doc("User", made["portal"])
	buyer.set("roles", [{"role": "Customer"}])
	buyer.save()
	links = [{"link_doctype": "Customer", "link_name": CUSTOMER}]
	contact = {"doctype": "Contact", "first_name": "Guarded", "user": made["portal"], "links": links}
	contact = frappe.get_doc(contact).insert()
	switch_on()
	yield made
	api.deactivate()
	remove_users(made)
	with deletion_queries.permitted():
		contact.delete()
		frappe.delete_doc("Customer", CUSTOMER, force=True)
		frappe.delete_doc("Branch", BRANCH, force=True)
	frappe.db.commit()


REQUESTS = {
	"names nothing": ("frappe.client.get_list", {"doctype": "Customer"}),
	"names one": ("frappe.client.get", {"doctype": "Customer", "name": CUSTOMER}),
	"sends one of 100 rows": (
		"frappe.desk.form.save.savedocs",
		{
			"doc": json.dumps(
				{
					"doctype": "Sales Order",
					"name": "new-sales-order-1",
					"__islocal": 1,
					"customer": CUSTOMER,
					"items": [
						{
							"doctype": "Sales Order Item",
							"name": f"new-sales-order-item-{number}",
							"parentfield": "items",
						}
						for number in range(100)
					],
				}
			)
		},
	),
}


def asked(command: str, arguments: dict, user: str) -> Callable[[], None]:
	"""The guards' part of one request; what the request reads anyway, the branches of its user, is read before."""
	frappe.local.request = Request(
		EnvironBuilder(path=f"/api/method/{command}", method="POST", json=arguments).get_environ()
	)
	app.make_form_dict(frappe.local.request)
	if not queries.is_unrestricted(user):
		queries.scope(user, "Customer")
	return auth.validate_auth_via_hooks


@pytest.mark.parametrize("name", REQUESTS)
def test_what_the_guard_costs(name: str, users: dict[str, str]) -> None:
	command, arguments = REQUESTS[name]
	for who, user in users.items():
		if who == "portal" and command.startswith("frappe.desk."):
			# closed to the portal
			continue
		with acting_as(user):
			function = asked(command, arguments, user)
			function()
			before = frappe.db.sql("show session status like 'Questions'")[0][1]
			function()
			questions = int(frappe.db.sql("show session status like 'Questions'")[0][1]) - int(before) - 1
			print(f"{name:24}{who:14}{median_ms(function, RUNS):8.3f} ms{questions:4} queries")
		frappe.local.request = None
