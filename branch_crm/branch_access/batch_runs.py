"""What runs in the background in batches have in common: one process at a time, progress for the form, figures that
the jobs alone write."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _

# seconds until the database has noticed that a killed process is gone
_PATIENCE = 5


@contextmanager
def alone(lock: str) -> Iterator[bool]:
	"""Whether this is the only process of the site that has this lock, which ends with its process, however that
	ends. What another transaction was in the way of is tried again by the worker, from the last commit."""
	name = _lock_name(lock)
	is_alone = bool(frappe.db.sql("select get_lock(%s, %s)", (name, _PATIENCE))[0][0])
	try:
		yield is_alone
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError) as error:
		raise frappe.RetryBackgroundJobError from error
	finally:
		if is_alone:
			frappe.db.sql("select release_lock(%s)", name)


def is_at_work(lock: str) -> bool:
	"""Whether any process of this site has the lock."""
	return frappe.db.sql("select is_used_lock(%s)", _lock_name(lock))[0][0] is not None


def keep(doctype: str, run: str, **values) -> None:
	frappe.db.set_value(doctype, run, values, update_modified=False)


def show_progress(doctype: str, run: str, done: int, total: int) -> None:
	percent = min(100 * done / max(total, 1), 100)
	frappe.publish_progress(percent, title=_(doctype), doctype=doctype, docname=run)


def show(doctype: str, run: str) -> None:
	"""Forms that are open load the run anew."""
	show_progress(doctype, run, 1, 1)
	frappe.publish_realtime("doc_update", {"doctype": doctype, "name": run}, doctype=doctype, docname=run)


def _lock_name(lock: str) -> str:
	return f"{lock}:{frappe.conf.db_name}"
