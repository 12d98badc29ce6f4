frappe.listview_settings["Customer"] = frappe.listview_settings["Customer"] || {};

const branch_crm_onload = frappe.listview_settings["Customer"].onload;

frappe.listview_settings["Customer"].onload = async function (listview) {
	branch_crm_onload?.call(this, listview);

	const filter_by = async (operator, value) => {
		await listview.filter_area.remove("branch");
		if (value?.length) {
			await listview.filter_area.add([["Branch Assignment", "branch", operator, value]]);
		}
	};

	const branch = listview.page.add_field(
		{
			fieldname: "branch_and_below",
			fieldtype: "Link",
			options: "Branch",
			label: __("Branch"),
			ignore_link_validation: true,
			change() {
				filter_by("descendants of (inclusive)", branch.get_value());
			},
		},
		listview.filter_area.standard_filters_wrapper
	);

	const scope = await frappe.xcall("branch_crm.branch_access.api.scope", { doctype: "Customer" });
	if (!scope.all && scope.branches.length) {
		listview.page.add_inner_button(__("My Branches"), () => filter_by("in", scope.branches));
	}
};
