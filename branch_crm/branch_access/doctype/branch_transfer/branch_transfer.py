import json

import frappe
from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import queries, transfer_queries, transfer_rights
from branch_crm.branch_access.transfer_rules import Action

# written by the background jobs alone
KEPT = ("status", "total", "changed", "not_changed", "undone", "left_alone", "undone_by", "error")

NEEDED = {
	Action.ADD_BRANCH: ("branch",),
	Action.REPLACE_BRANCH: ("from_branch", "branch"),
	Action.SET_OWNER: ("branch",),
	Action.REPLACE_OWNER: ("from_user", "to_user"),
}


class TransferSetupError(frappe.ValidationError):
	pass


class BranchTransfer(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Literal["Add Branch", "Replace Branch", "Set Owner", "Replace Owner"]
		branch: DF.Link | None
		changed: DF.Int
		error: DF.SmallText | None
		filters: DF.LongText
		from_branch: DF.Link | None
		from_user: DF.Link | None
		left_alone: DF.Int
		not_changed: DF.Int
		owner_of: DF.Literal["Both", "Sales", "Support"]
		party_type: DF.Literal["Customer", "Supplier", "Prospect"]
		sales_owner: DF.Link | None
		status: DF.Literal[
			"Draft", "Queued", "Running", "Completed", "Failed", "Cancelled", "Undoing", "Undone"
		]
		support_owner: DF.Link | None
		to_user: DF.Link | None
		total: DF.Int
		undone: DF.Int
		undone_by: DF.Link | None
	# end: auto-generated types

	def validate(self) -> None:
		stored = None if self.is_new() else self.get_doc_before_save()
		if stored:
			# who says in a request that it is his own has passed Frappe's check
			stored.check_permission("write")
		if stored and stored.status != "Draft":
			_refuse(_("This transfer has begun and stays as it is. Make a new one."))
		for fieldname in KEPT:
			self.set(fieldname, stored.get(fieldname) if stored else self.meta.get_field(fieldname).default)
		# the job acts as whoever made the transfer
		self.owner = stored.owner if stored else frappe.session.user
		if self.action != Action.REPLACE_BRANCH.value:
			self.from_branch = None
		self._refuse_unsound()
		transfer_rights.refuse_unpermitted(self)

	def on_trash(self) -> None:
		if self.get_db_value("status") != "Draft":
			_refuse(_("This transfer has begun, and its log says what it did. It stays."))

	def _refuse_unsound(self) -> None:
		action = Action(self.action)
		missing = [field for field in NEEDED[action] if not self.get(field)]
		if missing:
			labels = ", ".join(_(self.meta.get_label(field)) for field in missing)
			_refuse(_("For {0} name {1}.").format(frappe.bold(_(self.action)), frappe.bold(labels)))
		if action is Action.SET_OWNER and not (self.sales_owner or self.support_owner):
			_refuse(_("Name the sales owner, the support owner, or both."))
		if action is Action.REPLACE_BRANCH and self.from_branch == self.branch:
			_refuse(_("A transfer goes from one branch to another one."))
		if action is Action.REPLACE_OWNER and self.from_user == self.to_user:
			_refuse(_("A transfer goes from one person to another one."))
		if action in (Action.ADD_BRANCH, Action.REPLACE_BRANCH) and not queries.tree().is_enabled(
			self.branch
		):
			_refuse(_("Branch {0} is closed. Choose another one.").format(frappe.bold(self.branch)))
		_refuse_who_is_gone(self)
		_refuse_broken_filters(self)


def _refuse_who_is_gone(doc: BranchTransfer) -> None:
	for user in (doc.sales_owner, doc.support_owner, doc.to_user):
		if user and not frappe.db.exists("User", {"name": user, "enabled": 1, "user_type": "System User"}):
			_refuse(_("{0} is disabled or no user of the desk.").format(frappe.bold(user)))


def _refuse_broken_filters(doc: BranchTransfer) -> None:
	try:
		rows = json.loads(doc.filters)
		# Frappe puts a fieldname into its query as it comes, whatever else it says
		if not isinstance(rows, list) or not all(field.isidentifier() for _type, field, *_rest in rows):
			raise ValueError
		transfer_queries.parties_of(doc, limit=1)
	except (
		*(ValueError, TypeError, AttributeError, frappe.ValidationError),
		*(frappe.db.OperationalError, frappe.db.ProgrammingError),
	):
		_refuse(_("The filters cannot be read. Begin the transfer from the list."))


def _refuse(text: str) -> None:
	frappe.throw(text, TransferSetupError, title=_("Branch Transfer"))
