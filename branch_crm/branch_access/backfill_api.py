"""What the form of a Branch Backfill asks the server to do."""

import frappe
from frappe import _

from branch_crm.branch_access import backfill_jobs, backfill_rights, batch_runs
from branch_crm.branch_access.backfill_queries import RUN

# a worker that is stopped after this time leaves a run that goes on when it is run again
_SIX_HOURS = 6 * 60 * 60


class BackfillStateError(frappe.ValidationError):
	pass


@frappe.whitelist()
def begin_dry_run(run: str) -> None:
	"""Count in the background what the run would give; the form shows it then."""
	_only_for_head_office(run)
	_refuse_unless(run, "Draft")
	_enqueue("branch_crm.branch_access.backfill_jobs.count_backfill", run)


@frappe.whitelist()
def begin(run: str) -> None:
	"""Give branches in the background; a run that was stopped goes on where it stopped."""
	_only_for_head_office(run)
	_refuse_unless(run, "Draft", "Queued", "Running")
	if frappe.db.get_value(RUN, run, "status") == "Draft":
		frappe.db.set_value(RUN, run, "status", "Queued", update_modified=False)
	_enqueue("branch_crm.branch_access.backfill_jobs.run_backfill", run)


@frappe.whitelist()
def begin_undo(run: str) -> None:
	"""Take back in the background what the run wrote; one that was stopped goes on where it stopped."""
	_only_for_head_office(run)
	_refuse_unless(run, "Queued", "Running", "Done", "Undoing")
	frappe.db.set_value(RUN, run, "status", "Undoing", update_modified=False)
	_enqueue("branch_crm.branch_access.backfill_jobs.undo_backfill", run)


def _only_for_head_office(run: str) -> None:
	backfill_rights.refuse_restricted()
	frappe.has_permission(RUN, "write", run, throw=True)


def _refuse_unless(run: str, *states: str) -> None:
	status = frappe.db.get_value(RUN, run, "status")
	if status not in states:
		frappe.throw(
			_("This backfill is {0}. Make a new one for what is still without a branch.").format(
				frappe.bold(_(status))
			),
			BackfillStateError,
			title=_("Branch Backfill"),
		)
	if batch_runs.is_at_work(backfill_jobs.LOCK):
		frappe.throw(
			_("A backfill is at work. Wait until it is done."), BackfillStateError, title=_("Branch Backfill")
		)


def _enqueue(method: str, run: str) -> None:
	frappe.enqueue(method, queue="long", timeout=_SIX_HOURS, enqueue_after_commit=True, run=run)
