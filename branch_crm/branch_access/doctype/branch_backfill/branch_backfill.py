import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import backfill_queries, backfill_rights
from branch_crm.branch_access.backfill_rules import Rule

# written by the background jobs alone
KEPT = (
	*("status", "looked_at", "total", "taken_back", "changed_since"),
	*("dry_run", "dry_run_on", "counts", "at_doctype", "after_name"),
)


class BackfillSetupError(frappe.ValidationError):
	pass


class BranchBackfill(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from branch_crm.branch_access.doctype.branch_backfill_rule.branch_backfill_rule import (
			BranchBackfillRule,
		)
		from branch_crm.branch_access.doctype.branch_backfill_type.branch_backfill_type import (
			BranchBackfillType,
		)

		after_name: DF.Data | None
		at_doctype: DF.Data | None
		changed_since: DF.Int
		company: DF.Link | None
		counts: DF.LongText | None
		csv_file: DF.Attach | None
		document_types: DF.TableMultiSelect[BranchBackfillType]
		dry_run: DF.LongText | None
		dry_run_on: DF.Datetime | None
		looked_at: DF.Int
		rules: DF.Table[BranchBackfillRule]
		status: DF.Literal["Draft", "Queued", "Running", "Done", "Undoing", "Undone"]
		taken_back: DF.Int
		total: DF.Int
	# end: auto-generated types

	def validate(self) -> None:
		backfill_rights.refuse_restricted()
		stored = None if self.is_new() else self.get_doc_before_save()
		if stored and stored.status != "Draft":
			_refuse(_("This backfill has begun and stays as it is. Make a new one."))
		for fieldname in KEPT:
			self.set(fieldname, stored.get(fieldname) if stored else self.meta.get_field(fieldname).default)
		_refuse_unsound_rules(self)

	def on_trash(self) -> None:
		backfill_rights.refuse_restricted()
		if self.get_db_value("status") not in ("Draft", "Undone"):
			_refuse(
				_("This backfill has given branches, and only its log can take them back. Undo it first.")
			)


def _refuse_unsound_rules(doc: BranchBackfill) -> None:
	rules = [row.rule for row in doc.rules]
	if len(rules) != len(set(rules)):
		_refuse(_("Each rule is asked once. Take the second one out."))
	if (Rule.CSV.value in rules) != bool(doc.csv_file):
		_refuse(_("A CSV file and the rule {0} belong together.").format(frappe.bold(_("CSV"))))
	covered = backfill_queries.backfilled()
	strange = [row.document_type for row in doc.document_types if row.document_type not in covered]
	if strange:
		_refuse(_("{0} do not belong to branches.").format(frappe.bold(", ".join(map(_, strange)))))


def _refuse(text: str) -> None:
	frappe.throw(text, BackfillSetupError, title=_("Branch Backfill"))
