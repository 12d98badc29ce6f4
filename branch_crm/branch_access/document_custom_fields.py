"""The branch on the documents that ERPNext's accounting dimension leaves out."""

from collections.abc import Callable

from branch_crm.branch_access.custom_fields import MODULE, _

# where the field stands on the form
PLACES = {
	"Lead": "territory",
	"Opportunity": "territory",
	"Quotation": "company",
	"Material Request": "company",
	"Request for Quotation": "company",
	"Dunning": "company",
	"Issue": "company",
	"Task": "project",
	"Project": "company",
	"Event": "event_type",
	"Contract": "party_name",
}


def missing_fields(fieldname: str, has_field: Callable[[str, str], bool]) -> dict[str, list[dict]]:
	"""Custom fields of this name for the DocTypes that have none yet, but for those that are ours."""
	return {
		doctype: [
			{
				"fieldname": fieldname,
				"label": _("Branch"),
				"fieldtype": "Link",
				"options": "Branch",
				"insert_after": place,
				"in_standard_filter": 1,
				"ignore_user_permissions": 1,
				"module": MODULE,
			}
		]
		for doctype, place in PLACES.items()
		if not has_field(doctype, fieldname)
	}
