"""The app's commands for `bench --site SITE …`."""

import json

import click
import frappe
from frappe.commands import get_site, pass_context

from branch_crm.branch_access import audit_queries
from branch_crm.credit_control import api as credit_api
from branch_crm.credit_control import takeover_jobs, takeover_work
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


@click.command("branch-crm-credit")
@click.argument("action", type=click.Choice(["compare", "take-over", "hand-back"]))
@click.argument("company")
@pass_context
def branch_crm_credit(context: object, action: str, company: str) -> None:
	"""Compare what customers owe with ERPNext's own check, judge by Credit Profiles in its place, or by ERPNext again."""
	with frappe.init_site(get_site(context)):
		frappe.connect()
		if not frappe.db.exists("Company", company):
			raise click.ClickException(f"There is no company {company}.")
		if action == "take-over":
			takeover_jobs.take_over(company, _say)
			click.echo(f"Credit Profiles judge in {company}.")
		elif action == "hand-back":
			takeover_work.hand_back(company)
			# a command ends its own transaction
			frappe.db.commit()
			click.echo(f"ERPNext's credit limits judge in {company}.")
		else:
			rows = [{**row, "why": " ".join(row["why"])} for row in credit_api.take_over(company)]
			click.echo(_table(rows))


def _say(done: int, of: int) -> None:
	click.echo(f"  {done} of {of} customers with a limit")


commands = [branch_crm_demo, branch_crm_audit, branch_crm_credit]
