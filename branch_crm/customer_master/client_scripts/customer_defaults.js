// Loaded with the form of each document that takes something from its customer; what is registered twice would run twice.
frappe.provide("branch_crm");

if (!branch_crm.customer_defaults) {
	branch_crm.customer_defaults = {
		setup(frm) {
			if (!frm.fields_dict.transporter) return;
			frm.set_query("transporter", () => ({ filters: { is_transporter: 1, disabled: 0 } }));
		},

		onload(frm) {
			frm.brought_by_customer = {};
			frm.chosen_by_hand = new Set();
			bring(frm);
		},

		customer: bring,
		party_name: bring,
		[frappe.boot.branch_field]: bring,
	};

	for (const fieldname of ["transporter", "customer_address", "shipping_address_name"]) {
		branch_crm.customer_defaults[fieldname] = (frm) => {
			if (frm.is_bringing) return;
			if (!frm.updating_party_details) return void frm.chosen_by_hand.add(fieldname);
			// what ERPNext proposes for a customer
			frm.chosen_by_hand.delete(fieldname);
			bring(frm);
		};
	}

	// One after the other: several events may come of one choice. Nobody waits for it: it waits for ERPNext, which waits for
	// all that comes of what it fills in, and the branch may come of that.
	function bring(frm) {
		frm.bringing = Promise.allSettled([frm.bringing]).then(() => fill(frm));
	}

	async function fill(frm) {
		if (!frm.is_new() || frm.doc.amended_from || frm.doc.is_return) return;
		// ERPNext fills in its own first, and finds no taxes by an address while it does
		await frappe.after_ajax();
		while (frm.updating_party_details) await frappe.timeout(0.1);
		const { values, usual } = await frappe.xcall(
			"branch_crm.customer_master.customer_default_api.defaults_for",
			{ doc: frm.doc }
		);
		const brought = frm.brought_by_customer;
		for (const fieldname of Object.keys({ ...brought, ...values })) {
			const current = frm.doc[fieldname];
			const gives_way =
				!current || current === brought[fieldname] || usual[fieldname]?.includes(current);
			const value = values[fieldname] || usual[fieldname]?.[0] || "";
			if (!gives_way || frm.chosen_by_hand.has(fieldname) || value === (current || "")) continue;
			frm.is_bringing = true;
			await frm.set_value(fieldname, value).finally(() => (frm.is_bringing = false));
		}
		frm.brought_by_customer = values;
	}

	for (const doctype of ["Quotation", "Sales Order", "Delivery Note", "Sales Invoice", "POS Invoice"]) {
		frappe.ui.form.on(doctype, branch_crm.customer_defaults);
	}
}
