frappe.query_reports["Pricing Rule Conflicts"] = {
	get_datatable_options: (options) => ({ ...options, checkboxColumn: true }),

	onload(report) {
		report.page.add_inner_button(__("Give Usual Priority"), async () => {
			const checked = report.datatable.rowmanager.getCheckedRows();
			const rules = [...new Set(checked.map((index) => report.data[index]?.name).filter(Boolean))];
			if (!rules.length) return frappe.show_alert(__("Tick the rules first."));
			await frappe.xcall("branch_crm.customer_master.pricing_rule_api.give_usual_priority", { rules });
			report.refresh();
		});
	},
};
