(() => {
	frappe.ui.form.on("Customer", {
		refresh(frm) {
			frm.get_field("credit_position")?.$wrapper.empty();
			if (!frm.is_new()) show(frm);
		},
	});

	async function show(frm) {
		const company = frappe.defaults.get_user_default("Company");
		const customer = frm.docname;
		const found = await branch_crm.credit.ask(customer, company);
		if (!found || frm.docname !== customer) return;
		const body = frm.get_field("credit_position").$wrapper.html(branch_crm.credit.html_of(found, company));
		body.find(".credit-component").on("click", (event) => {
			branch_crm.credit.show_documents(customer, company, event.currentTarget.dataset.component, found.currency);
		});
		const label = found.profile ? __("Credit Profile") : __("Set Credit Limit");
		if (!found.profile && !frappe.model.can_create("Credit Profile")) return;
		const button = $(`<button class="btn btn-default btn-sm mb-3"></button>`).text(label);
		button.on("click", () => {
			if (found.profile) frappe.set_route("Form", "Credit Profile", found.profile);
			else frappe.new_doc("Credit Profile", { party_type: "Customer", party: customer, company });
		});
		body.append(button);
	}
})();
