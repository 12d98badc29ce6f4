frappe.ui.form.on("Credit Profile", {
	setup(frm) {
		frm.set_query("bank_guarantee", "guarantees", () => ({
			filters: { customer: frm.doc.party, bg_type: "Receiving", docstatus: 1 },
		}));
		frm.set_query("party", () => (frm.doc.party_type === "Customer" ? { filters: { disabled: 0 } } : {}));
	},

	refresh(frm) {
		if (frm.doc.sales_blocked) frm.page.set_indicator(__("Sales Blocked"), "red");
		if (frm.is_new()) return;
		offer_limit(frm);
		for (const row of frm.doc.temporary_limits) offer_temporary_limit(frm, row);
	},
});

function offer_limit(frm) {
	if (!frm.doc.proposed_by) return;
	const asked = { profile: frm.docname, modified: frm.doc.modified };
	const is_own = frm.doc.proposed_by === frappe.session.user;
	const proposed = format_currency(frm.doc.proposed_limit, frappe.boot.sysdefaults.currency);
	frm.dashboard.set_headline(__("A limit of {0} awaits approval.", [proposed]));
	if (!is_own) frm.add_custom_button(__("Approve"), () => decide(frm, "branch_crm.credit_control.api.approve_limit", asked)).addClass("btn-primary");
	frm.add_custom_button(is_own ? __("Take Back") : __("Reject"), () => decide(frm, "branch_crm.credit_control.api.reject_limit", asked));
}

function offer_temporary_limit(frm, row) {
	if (row.approved_by || row.proposed_by === frappe.session.user) return;
	const label = __("Approve {0} until {1}", [format_currency(row.amount), frappe.datetime.str_to_user(row.valid_to)]);
	const asked = { profile: frm.docname, row: row.name, modified: frm.doc.modified };
	frm.add_custom_button(label, () => decide(frm, "branch_crm.credit_control.api.approve_temporary_limit", asked));
}

async function decide(frm, method, asked) {
	await frappe.xcall(method, asked);
	frm.reload_doc();
}
