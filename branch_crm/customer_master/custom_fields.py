"""The room's fields on ERPNext's DocTypes."""

from branch_crm.customer_master.gst_rules import CATEGORIES, STATES


def _(label: str) -> str:
	"""Marks a label for translation; Frappe translates labels where it shows them."""
	return label


MODULE = "Customer Master"

# what carries the trade type of its customer, is priced by it, and takes its transporter and addresses
PRICED = ("Quotation", "Sales Order", "Delivery Note", "Sales Invoice", "POS Invoice")

_ADDRESS_IN_INDIA = 'eval:[doc.country, frappe.sys_defaults.country].includes("India")'
_IN_INDIA = 'eval:(doc.country || frappe.sys_defaults.country) == "India"'


def _data(fieldname: str, label: str, place: str, **more: object) -> dict:
	return {"fieldname": fieldname, "label": label, "fieldtype": "Data", "insert_after": place, **more}


def _select(fieldname: str, label: str, place: str, options: tuple[str, ...], **more: object) -> dict:
	return _data(fieldname, label, place, fieldtype="Select", options="\n".join(("", *options)), **more)


def _link(fieldname: str, label: str, place: str, options: str, **more: object) -> dict:
	return _data(fieldname, label, place, fieldtype="Link", options=options, **more)


def _section(place: str, label: str = _("Statutory Data")) -> dict:
	return _data("statutory_section", label, place, fieldtype="Section Break")


def _column(fieldname: str, place: str) -> dict:
	return {"fieldname": fieldname, "fieldtype": "Column Break", "insert_after": place}


def _of_companies(place: str) -> list[dict]:
	return [
		_data("cin", _("CIN"), place, depends_on=_IN_INDIA, description=_("Of a company")),
		_data(
			"llpin",
			_("LLPIN"),
			"cin",
			depends_on=_IN_INDIA,
			description=_("Of a limited liability partnership"),
		),
		_data("tan", _("TAN"), "llpin", depends_on=_IN_INDIA, description=_("Of who deducts tax at source")),
	]


def _of_goods_and_services_tax(place: str) -> list[dict]:
	return [
		_data("gstin", _("GSTIN / UIN"), place, depends_on=_IN_INDIA, translatable=0),
		_data("pan", _("PAN"), "gstin", depends_on=_IN_INDIA, translatable=0),
		_select("gst_category", _("GST Category"), "pan", CATEGORIES, depends_on=_IN_INDIA, translatable=0),
	]


def _trade_type(place: str, **more: object) -> dict:
	return _data("trade_type", _("Trade Type"), place, fieldtype="Link", options="Trade Type", **more)


def _carried_type(place: str) -> dict:
	return _trade_type(place, read_only=1, print_hide=1, in_standard_filter=1)


def _of_transport(place: str) -> list[dict]:
	return [
		_data(
			"transporter_info",
			_("Transporter Info"),
			place,
			fieldtype="Section Break",
			collapsible=1,
			collapsible_depends_on="transporter",
		),
		_link("transporter", _("Transporter"), "transporter_info", "Supplier", print_hide=1),
		_column("transporter_column", "transporter"),
		_data(
			"transporter_name",
			_("Transporter Name"),
			"transporter_column",
			fetch_from="transporter.supplier_name",
			read_only=1,
			translatable=0,
		),
	]


def _archive(place: str) -> list[dict]:
	kept = {"read_only": 1, "no_copy": 1}
	return [
		_data("archive_section", _("Archive"), place, fieldtype="Section Break", depends_on="archived"),
		_data(
			"archived",
			_("Archived"),
			"archive_section",
			fieldtype="Check",
			in_standard_filter=1,
			**kept,
		),
		_data("archived_on", _("Archived On"), "archived", fieldtype="Date", **kept),
		_data(
			"archived_by",
			_("Archived By"),
			"archived_on",
			fieldtype="Link",
			options="User",
			**kept,
			ignore_user_permissions=1,
		),
		_column("archive_column", "archived_by"),
		_data("archive_reason", _("Reason"), "archive_column", fieldtype="Small Text", **kept),
		_data(
			"disabled_before_archive",
			_("Disabled Before"),
			"archive_reason",
			fieldtype="Check",
			hidden=1,
			**kept,
		),
	]


CUSTOM_FIELDS = {
	"Branch": [
		_data(
			"customer_code_series",
			_("Series of Customer Codes"),
			"branch_code",
			description=_("Of new customers of this branch and those below it; MUM-.####, for one"),
		)
	],
	"Customer": [
		_data("trading_name", _("Trading Name"), "customer_name", in_global_search=1, translatable=0),
		_data(
			"customer_code",
			_("Customer Code"),
			"trading_name",
			unique=1,
			no_copy=1,
			in_global_search=1,
			in_standard_filter=1,
			translatable=0,
			read_only_depends_on="eval:!doc.__islocal && doc.customer_code",
			description=_("Lasting; empty: the next one of the series"),
		),
		_trade_type("customer_type", in_standard_filter=1),
		_link(
			"customer_category",
			_("Customer Category"),
			"trade_type",
			"Customer Category",
			in_standard_filter=1,
			search_index=1,
		),
		_data(
			"branch_defaults_section",
			_("Transporter and Addresses of Branches"),
			"email_id",
			fieldtype="Section Break",
		),
		_link(
			"preferred_transporter",
			_("Preferred Transporter"),
			"branch_defaults_section",
			"Supplier",
			description=_("New orders, deliveries and invoices take it where they name none"),
		),
		_data(
			"branch_defaults",
			_("For Documents of a Branch"),
			"preferred_transporter",
			fieldtype="Table",
			options="Customer Branch Default",
			description=_("And for those of the branches below it"),
		),
		_data("crm_notes_tab", _("Notes"), "portal_users", fieldtype="Tab Break"),
		_data("crm_notes", _("Notes"), "crm_notes_tab", fieldtype="Table", options="CRM Note", no_copy=1),
		_section("tax_withholding_category"),
		_column("statutory_column", "gst_category"),
		*_of_companies("statutory_column"),
		*_archive("disabled"),
	],
	"Supplier": [
		_section("tax_withholding_category"),
		_column("statutory_column", "gst_category"),
		*_of_companies("statutory_column"),
		*_archive("release_date"),
	],
	"Address": [_section("disabled", _("Tax Details")), _column("statutory_column", "gst_state")],
	"Pricing Rule": [
		_trade_type("title", read_only=1, no_copy=1, in_standard_filter=1, depends_on="trade_type"),
		_data(
			"trade_branch",
			_("Branch of the Trade Price"),
			"trade_type",
			fieldtype="Link",
			options="Branch",
			ignore_user_permissions=1,
			read_only=1,
			no_copy=1,
			depends_on="trade_branch",
		),
		_data(
			"price_family", _("Kept for Trade Prices"), "trade_branch", hidden=1, no_copy=1, search_index=1
		),
	],
	# a quotation is to a lead as well, which has no type to fetch
	"Quotation": [_carried_type("customer_name")],
	**{
		doctype: [_carried_type("customer_name") | {"fetch_from": "customer.trade_type"}]
		for doctype in PRICED[1:]
	},
}

# what other apps have as well, under the same names; whose field was there first is left as it is
SHARED_FIELDS = {
	"Customer": [
		_link(
			"country",
			_("Country"),
			"statutory_section",
			"Country",
			description=_("Where it is registered for taxes"),
		),
		*_of_goods_and_services_tax("country"),
	],
	"Supplier": _of_goods_and_services_tax("statutory_section"),
	"Company": _of_goods_and_services_tax("tax_id"),
	"Sales Order": _of_transport("billing_status"),
	"Sales Invoice": _of_transport("language"),
	"Address": [
		_data("gstin", _("GSTIN / UIN"), "statutory_section", depends_on=_IN_INDIA, translatable=0),
		_select(
			"gst_state",
			_("GST State"),
			"gstin",
			tuple(STATES.values()),
			read_only=1,
			depends_on=_ADDRESS_IN_INDIA,
			translatable=0,
		),
		_select(
			"gst_category",
			_("GST Category"),
			"statutory_column",
			CATEGORIES,
			depends_on=_ADDRESS_IN_INDIA,
			translatable=0,
		),
		_data(
			"gst_state_number",
			_("GST State Number"),
			"gst_category",
			read_only=1,
			depends_on=_ADDRESS_IN_INDIA,
			translatable=0,
		),
	],
}

for _fields in (*CUSTOM_FIELDS.values(), *SHARED_FIELDS.values()):
	for _field in _fields:
		_field["module"] = MODULE

# by app, those of them that are its own from when it is there
OWNED_BY = {
	"india_compliance": {
		**dict.fromkeys(("Customer", "Supplier", "Company"), ("gstin", "pan", "gst_category")),
		"Address": ("gstin", "gst_state", "gst_category", "gst_state_number"),
		"Sales Invoice": ("transporter_info", "transporter", "transporter_name"),
	}
}
