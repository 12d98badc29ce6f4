// Loaded with the form of each document that takes something from its customer; what is registered twice would run twice.
frappe.provide("branch_crm");

if (!branch_crm.customer_defaults) {
	branch_crm.customer_defaults = {
		setup(frm) {
			if (!frm.fields_dict.transporter) return;
			frm.set_query("transporter", () => ({ filters: { is_transporter: 1, disabled: 0 } }));
		},

		onload: bring,
		customer: bring,
		party_name: bring,
		[frappe.boot.branch_field]: bring,
	};

	async function bring(frm) {
		if (!frm.is_new() || frm.doc.amended_from || frm.doc.is_return) return;
		// ERPNext fills in its own first
		await frappe.after_ajax();
		const { values, usual } = await frappe.xcall(
			"branch_crm.customer_master.customer_default_api.defaults_for",
			{ doc: frm.doc }
		);
		const brought = frm.brought_by_customer || {};
		for (const fieldname of Object.keys({ ...brought, ...values })) {
			const current = frm.doc[fieldname];
			const gives_way =
				!current || current === brought[fieldname] || usual[fieldname]?.includes(current);
			const value = values[fieldname] || usual[fieldname]?.[0] || "";
			if (gives_way && value !== (current || "")) await frm.set_value(fieldname, value);
		}
		frm.brought_by_customer = values;
	}

	for (const doctype of ["Quotation", "Sales Order", "Delivery Note", "Sales Invoice", "POS Invoice"]) {
		frappe.ui.form.on(doctype, branch_crm.customer_defaults);
	}
}
