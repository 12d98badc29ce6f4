// Loaded with the form of each document that carries a branch; what is registered twice would run twice.
frappe.provide("branch_crm");

if (!branch_crm.document) {
	const api = {
		proposed: "branch_crm.branch_access.document_api.proposed_branch",
		defaults: "branch_crm.branch_access.document_api.branch_defaults",
	};
	const field = frappe.boot.branch_field;

	branch_crm.document = {
		setup(frm) {
			frm.set_query(field, () => {
				const company = frm.doc.company ? { company: ["in", ["", frm.doc.company]] } : {};
				return { filters: { enabled: 1, ...company } };
			});
		},

		async onload(frm) {
			if (!frm.is_new() || frm.doc.amended_from) return;
			await propose(frm);
			// one that came with the document has brought nothing yet
			if (frm.doc[field]) await bring(frm);
		},

		refresh(frm) {
			// a form that misses it unfolds the section where it stands
			frm.toggle_reqd(field, frm.is_new() && frappe.boot.is_branch_required);
		},

		[field]: bring,
	};

	// what a branch may come from
	const ORIGINS = ["company", "customer", "supplier", "party", "party_name", "lead", "project", "sales_order"];
	for (const fieldname of [...ORIGINS, "territory", "pos_profile"]) branch_crm.document[fieldname] = propose;

	async function propose(frm) {
		if (!frm.is_new()) return;
		// ERPNext fills in its own first
		await frappe.after_ajax();
		const chosen = frm.doc[field] && frm.doc[field] !== frm.proposed_branch;
		if (chosen) return;
		const branch = await frappe.xcall(api.proposed, { doc: frm.doc });
		if (branch === (frm.doc[field] || null)) return;
		frm.proposed_branch = branch;
		await frm.set_value(field, branch);
	}

	async function bring(frm) {
		if (!frm.is_new() || !frm.doc[field]) return;
		const { values, usual } = await frappe.xcall(api.defaults, { doc: frm.doc });
		const brought = frm.brought_by_branch || {};
		for (const fieldname of Object.keys({ ...brought, ...values })) {
			const current = frm.doc[fieldname];
			const gives_way = !current || current === brought[fieldname] || usual[fieldname]?.includes(current);
			if (gives_way) await frm.set_value(fieldname, values[fieldname] || usual[fieldname]?.[0] || "");
		}
		frm.brought_by_branch = values;
	}

	for (const doctype of frappe.boot.branch_doctypes) frappe.ui.form.on(doctype, branch_crm.document);
}
