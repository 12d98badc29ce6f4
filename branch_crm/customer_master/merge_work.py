"""Two that become one: what stands in the way, and the work itself, all of it or nothing."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.rename_doc import rename_doc
from frappe.utils import now_datetime

from branch_crm.customer_master import deletion_queries, merge_queries, merge_rows, merge_rules
from branch_crm.customer_master.merge_queries import MERGE
from branch_crm.customer_master.merge_rules import Obstacle

# what the one that stays takes over where it has none; whatever else differs is kept in the record
FILLED = (
	*("lead_name", "opportunity_name", "prospect_name", "primary_address"),
	*("customer_primary_address", "customer_primary_contact"),
	*("supplier_primary_address", "supplier_primary_contact"),
)
# copies of what stands in the contact and address, which stay
_COPIED = ("email_id", "mobile_no", "primary_address")


class MergeError(frappe.ValidationError):
	pass


def obstacles(lost: Document, kept: Document) -> list[str]:
	"""What has to be settled first, in sentences."""
	sentences = {
		Obstacle.SAME: _("Choose another one: nothing is merged into itself."),
		Obstacle.DISABLED: _(
			"The one that stays is disabled, closed or archived. Enable or restore it first."
		),
		Obstacle.CURRENCIES: _("Their ledgers in a company are kept in different currencies."),
		Obstacle.INTERNAL: _("They stand for different companies, or only one of them is internal."),
		Obstacle.LINKED: _("Both have a Party Link. Delete one of the two first."),
		Obstacle.CASH: _("The CASH customer is merged with nobody."),
		Obstacle.PRICING_RULES: _(
			"Both have a Pricing Rule on the same with the same priority. Disable or change one of the two first."
		),
		Obstacle.PRICES: _(
			"A trade type has prices for the same in both branches. End or delete those of one of them first."
		),
	}
	found = merge_rules.obstacles(merge_queries.side_of(lost), merge_queries.side_of(kept))
	return [sentences[obstacle] for obstacle in found]


def begin(lost: Document, kept: Document, reason: str) -> Document:
	"""The record of a merge that is still to be done."""
	record = frappe.get_doc(
		{
			"doctype": MERGE,
			"document_type": lost.doctype,
			"from_name": lost.name,
			"from_title": lost.get_title(),
			"from_code": lost.get("customer_code"),
			"into_name": kept.name,
			"reason": reason,
			"merged_by": frappe.session.user,
		}
	)
	record.flags.merging = True
	return record.insert()


def merge(record: Document) -> None:
	"""Merge as the session's user, who may write both, and keep what was moved.

	Raises:
	        MergeError: something stands in the way, or something still names the one that goes.
	"""
	doctype, kept_name = record.document_type, record.into_name
	lost, kept = (frappe.get_doc(doctype, name) for name in (record.from_name, kept_name))
	if found := obstacles(lost, kept):
		frappe.throw(found, MergeError, title=_("Merging"), as_list=True)
	said = frappe.as_json({key: value for key, value in lost.as_dict().items() if key not in _COPIED})
	moved = merge_queries.namings(doctype, lost.name)
	_show(record, 10)
	_prepare(lost, kept)
	_show(record, 30)
	_rename(lost, kept_name)
	_show(record, 80)
	_settle(lost, kept)
	merge_rows.name_against(doctype, lost.name, kept_name)
	_refuse_left(doctype, lost.name)
	_keep(record, said, moved)
	_show(record, 100)


def _prepare(lost: Document, kept: Document) -> None:
	"""What belongs to both tables and fields of the one that stays, before Frappe deletes the other with its rows."""
	merge_rows.give_way(lost, kept)
	merge_rows.take_rows(lost, kept)
	merge_rows.join_marks(lost, kept)
	staying = frappe.get_doc(kept.doctype, kept.name)
	fields = [field for field in FILLED if staying.meta.has_field(field) and not staying.get(field)]
	staying.update({field: lost.get(field) for field in fields})
	staying.save()
	if lost.get("lead_name"):
		# or else ERPNext would take the lead for one that became nobody's customer
		lost.db_set("lead_name", None, update_modified=False)


def _rename(lost: Document, into: str) -> None:
	"""Frappe's own merge, which moves what names the other one. It remembers for hours which DocTypes are linked to."""
	frappe.cache.delete_keys("dynamic_link_map::")
	frappe.local.dynamic_link_map = None
	with deletion_queries.permitted():
		rename_doc(
			lost.doctype, lost.name, into, merge=True, force=True, show_alert=False, rebuild_search=False
		)


def _settle(lost: Document, kept: Document) -> None:
	merge_rows.join_doubles(kept.doctype, kept.name)
	title = kept.meta.title_field
	# ERPNext gives the one that stays its own name as title
	values = {title: kept.get(title)} if title else {}
	if kept.meta.has_field("customer_code") and not kept.customer_code:
		values["customer_code"] = lost.customer_code
	if values:
		frappe.db.set_value(kept.doctype, kept.name, values)


def _refuse_left(doctype: str, name: str) -> None:
	left = {naming.document_type for naming in merge_queries.namings(doctype, name)}
	if left:
		frappe.throw(
			_("Documents of these types still name {0}: {1}. Nothing was merged.").format(
				frappe.bold(name), frappe.bold(", ".join(map(_, sorted(left))))
			),
			MergeError,
			title=_("Merging"),
		)


def _keep(record: Document, said: str, moved: list[merge_queries.Naming]) -> None:
	for place, naming in enumerate(moved, 1):
		row = record.append("moved", {**vars(naming), "idx": place})
		row.db_insert()
	values = {"status": "Completed", "error": None, "from_values": said}
	values |= {"merged_by": frappe.session.user, "merged_on": now_datetime()}
	frappe.db.set_value(MERGE, record.name, values)


def _show(record: Document, percent: int) -> None:
	frappe.publish_progress(percent, title=_(MERGE), doctype=MERGE, docname=record.name)
