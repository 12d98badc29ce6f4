"""The app's commands for `bench --site SITE …`."""

import click
import frappe
from frappe.commands import get_site, pass_context

from branch_crm.demo import loader, records


@click.command("branch-crm-demo")
@click.argument("action", type=click.Choice(["load", "remove"]))
@pass_context
def branch_crm_demo(context: object, action: str) -> None:
	"""Load the demo company into a site, or take it away again."""
	frappe.init(get_site(context))
	frappe.connect()
	try:
		if action == "load":
			loader.load()
			_print_logins()
		else:
			loader.remove()
			print("The demo company is gone.")
		# a command ends its own transaction
		frappe.db.commit()
	finally:
		frappe.destroy()


def _print_logins() -> None:
	print(f"Demo company loaded. Password of all users: {records.PASSWORD}")
	for user in records.USERS:
		where = "all branches" if user.is_head_office else ", ".join(user.branches) or "no branch"
		print(f"  {user.email:24} {user.title:24} {where}")


commands = [branch_crm_demo]
