// Loaded with the list of each master, after ERPNext's own settings of that list.
["Customer", "Supplier", "Prospect"].forEach((doctype) => {
	frappe.listview_settings[doctype] = frappe.listview_settings[doctype] || {};
	const settings = frappe.listview_settings[doctype];
	if (settings.has_branches) return;
	settings.has_branches = true;
	const onload = settings.onload;

	settings.onload = async function (listview) {
		onload?.call(this, listview);

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

		branch_crm.offer_transfers(listview);

		const scope = await frappe.xcall("branch_crm.branch_access.api.scope", { doctype });
		if (scope.branches.length) {
			listview.page.add_inner_button(__("My Branches"), () =>
				listview.filter_area.add([["Branch Assignment", "branch", "in", scope.branches]])
			);
		}
	};
});
