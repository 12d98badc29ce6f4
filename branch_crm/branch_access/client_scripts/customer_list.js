frappe.listview_settings["Customer"] = frappe.listview_settings["Customer"] || {};

const branch_crm_onload = frappe.listview_settings["Customer"].onload;

frappe.listview_settings["Customer"].onload = async function (listview) {
	branch_crm_onload?.call(this, listview);

	listview.page.add_field(
		{
			doctype: "Branch Assignment",
			fieldname: "branch",
			condition: "descendants of (inclusive)",
			fieldtype: "Link",
			options: "Branch",
			label: __("Branch"),
			ignore_link_validation: true,
			onchange: () => listview.filter_area.refresh_list_view(),
		},
		listview.filter_area.standard_filters_wrapper
	);

	const scope = await frappe.xcall("branch_crm.branch_access.api.scope", { doctype: "Customer" });
	if (scope.branches.length) {
		listview.page.add_inner_button(__("My Branches"), () =>
			listview.filter_area.add([["Branch Assignment", "branch", "in", scope.branches]])
		);
	}
};
