frappe.ui.form.on("Customer", {
	setup(frm) {
		const transporters = () => ({ filters: { is_transporter: 1, disabled: 0 } });
		const addresses = () => ({
			query: "frappe.contacts.doctype.address.address.address_query",
			filters: { link_doctype: "Customer", link_name: frm.doc.name },
		});
		frm.set_query("preferred_transporter", transporters);
		frm.set_query("preferred_transporter", "branch_defaults", transporters);
		frm.set_query("billing_address", "branch_defaults", addresses);
		frm.set_query("shipping_address", "branch_defaults", addresses);
	},
});
