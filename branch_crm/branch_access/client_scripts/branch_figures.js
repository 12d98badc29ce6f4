frappe.ui.form.on("Branch", {
	async refresh(frm) {
		if (frm.is_new()) return;
		const branch = frm.doc.name;
		const figures = await frappe.xcall("branch_crm.branch_access.figure_api.figures_of", { branch });
		frm.dashboard.parent.find(".branch-figures").remove();
		if (branch !== frm.doc.name || !figures.length) return;
		const section = frm.dashboard.add_section("", __("Including Branches Below"), "custom branch-figures");
		figures.forEach((figure) => branch_crm_figure(figure).appendTo(section));
		frm.dashboard.show();
	},
});

function branch_crm_figure({ label, doctype, number, filters }) {
	const link = $(`<a href="#" class="btn btn-default btn-sm mr-2 mb-2"></a>`);
	link.text(`${__(label)} `).append($(`<b></b>`).text(number));
	return link.on("click", (event) => {
		event.preventDefault();
		frappe.route_options = Object.fromEntries(
			filters.map(([parent, field, operator, value]) => [`${parent}.${field}`, [operator, value]])
		);
		frappe.set_route("List", doctype, "List");
	});
}
