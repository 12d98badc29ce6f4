const METHODS = {
	request: "branch_crm.credit_control.hold_api.request",
	release: "branch_crm.credit_control.hold_api.release",
	reject: "branch_crm.credit_control.hold_api.reject",
};

frappe.ui.form.on("Credit Hold", {
	refresh(frm) {
		const { status, is_blocked } = frm.doc;
		if (is_blocked) return;
		if (["Open", "Rejected"].includes(status)) {
			frm.add_custom_button(__("Request Release"), () => ask(frm, "request", [note(__("Why should it pass?"))]));
		}
		if (["Open", "Release Requested", "Released"].includes(status)) offer_decision(frm);
	},
});

async function offer_decision(frm) {
	if (!(await frappe.xcall("branch_crm.credit_control.hold_api.authority", { hold: frm.docname }))) return;
	const reason = {
		fieldname: "reason",
		fieldtype: "Select",
		label: __("Reason"),
		options: frappe.meta.get_docfield("Credit Hold", "decision_reason").options,
		reqd: 1,
	};
	const amount = {
		fieldname: "amount",
		fieldtype: "Float",
		label: __("Amount"),
		description: __("In company currency, at most"),
		default: frm.doc.amount,
		reqd: 1,
	};
	const until = { fieldname: "until", fieldtype: "Date", label: __("Until"), default: frappe.datetime.add_days(frappe.datetime.nowdate(), 7) };
	const for_all = { fieldname: "for_all", fieldtype: "Check", label: __("For All Documents of the Customer") };
	const release = () => ask(frm, "release", [reason, amount, until, for_all, note(__("Note"))]);
	const is_released = frm.doc.status === "Released";
	if (!is_released) frm.add_custom_button(__("Release"), release).addClass("btn-primary");
	frm.add_custom_button(is_released ? __("Take Back") : __("Reject"), () => ask(frm, "reject", [reason, note(__("Note"))]));
}

function note(label) {
	return { fieldname: "note", fieldtype: "Small Text", label };
}

function ask(frm, method, fields) {
	const labels = { request: __("Request Release"), release: __("Release"), reject: __("Reject") };
	const send = async (values) => {
		const seen = method === "request" ? {} : { modified: frm.doc.modified };
		await frappe.xcall(METHODS[method], { hold: frm.docname, ...seen, ...values });
		frm.reload_doc();
	};
	frappe.prompt(fields, send, labels[method], labels[method]);
}
