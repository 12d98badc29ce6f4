// What was refused for credit, on the document that was: whether a release is asked for, and how to ask.
frappe.provide("branch_crm");

if (!branch_crm.credit_hold) {
	const COLORS = { Open: "red", "Release Requested": "orange", Released: "green", Rejected: "red", Cleared: "green" };

	branch_crm.credit_hold = { of_document, html_of, request };

	function of_document({ doctype, name }) {
		return frappe.xcall("branch_crm.credit_control.hold_api.of_document", { doctype, name });
	}

	function html_of(hold) {
		if (!hold || !COLORS[hold.status]) return "";
		const link = frappe.utils.get_form_link("Credit Hold", hold.name, true, hold.name);
		const ask = `<a class="credit-hold-request ml-2">${__("Request Release")}</a>`;
		const is_open = ["Open", "Rejected"].includes(hold.status) && !hold.is_blocked;
		return `<span class="credit-hold"><span class="indicator-pill ${COLORS[hold.status]}">${__(hold.status)}</span>
			${link}${is_open ? ask : ""}</span>`;
	}

	// also what the message of a refusal offers
	async function request(refused) {
		const hold = await of_document(refused);
		if (!hold) return frappe.msgprint(__("Nothing is recorded of this refusal yet. Submit once more."));
		frappe.hide_msgprint();
		const note = { fieldname: "note", fieldtype: "Small Text", label: __("Why should it pass?"), reqd: 1 };
		const send = async (values) => {
			await frappe.xcall("branch_crm.credit_control.hold_api.request", { hold: hold.name, note: values.note });
			frappe.show_alert({ message: __("Release requested"), indicator: "green" });
			if (window.cur_frm) cur_frm.refresh();
		};
		frappe.prompt([note], send, __("Request Release"), __("Request"));
	}
}
