"""The app's commands for `bench --site SITE …`."""

import json

import click
import frappe
from frappe.commands import get_site, pass_context

from branch_crm.branch_access import audit_queries
from branch_crm.demo import loader, records

TITLES = {
	"people": "Who sees which branches",
	"without_branch": "Documents without a branch",
	"shares": "Shared with, assigned to or followed by people of other branches",
	"reports": "Reports, for people limited by branch",
	"functions": "Functions that are closed to them, or open without proof",
	"functions_of_other_apps": "Functions of other apps",
}


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


@click.command("branch-crm-audit")
@click.option("--json", "as_json", is_flag=True, help="For programs")
@pass_context
def branch_crm_audit(context: object, as_json: bool) -> None:
	"""Say who sees what, and what the borders between branches do not cover."""
	with frappe.init_site(get_site(context)):
		frappe.connect()
		found = audit_queries.audit()
	click.echo(json.dumps(found, indent=1, default=str) if as_json else as_text(found))


def as_text(found: dict[str, list[dict]]) -> str:
	"""The sections one below the other, each as a table."""
	return "\n\n".join(f"{TITLES[section]} ({len(rows)})\n{_table(rows)}" for section, rows in found.items())


def _table(rows: list[dict]) -> str:
	if not rows:
		return "  none"
	cells = [list(rows[0]), *([str(value or "") for value in row.values()] for row in rows)]
	widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
	lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
	return "\n".join(f"  {line.rstrip()}" for line in lines)


commands = [branch_crm_demo, branch_crm_audit]
