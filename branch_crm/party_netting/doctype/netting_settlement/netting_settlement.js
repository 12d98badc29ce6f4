const ROWS = { receivables: ["Sales Invoice", "Journal Entry"], payables: ["Purchase Invoice", "Journal Entry"] };

frappe.ui.form.on("Netting Settlement", {
	setup(frm) {
		for (const [table, doctypes] of Object.entries(ROWS)) {
			frm.set_query("voucher_type", table, () => ({ filters: { name: ["in", doctypes] } }));
			frm.set_query("voucher_no", table, (doc, doctype, name) => ({
				filters: filters_of(doc, locals[doctype][name].voucher_type),
			}));
		}
	},

	refresh(frm) {
		if (frm.is_new()) return;
		if (frm.doc.docstatus === 0) {
			add_button(frm, __("Propose Anew"), "propose_anew");
			add_decisions(frm);
		}
		if (frappe.model.can_email(null, frm)) {
			frm.add_custom_button(__("Mail Statement"), () => mail(frm));
		}
		if (["Settling", "Cancelling"].includes(frm.doc.status)) {
			frm.dashboard.set_headline(__("It works in the background, journal by journal."));
			add_button(frm, __("Go On"), "run_again");
		}
	},
});

function add_button(frm, label, method, more = {}) {
	frm.add_custom_button(label, async () => {
		await frappe.xcall(`branch_crm.party_netting.api.${method}`, { settlement: frm.docname, ...more });
		frm.reload_doc();
	});
}

async function add_decisions(frm) {
	const { message } = await frappe.db.get_value("Netting Agreement", frm.doc.agreement, "approval");
	const asks_second = message?.approval === "By a Second Person";
	const is_own = frm.doc.proposed_by === frappe.session.user;
	if ((asks_second && is_own) || !["Proposed", "Approved"].includes(frm.doc.status)) return;
	if (asks_second && frm.doc.status === "Proposed") {
		add_button(frm, __("Approve"), "approve", { modified: frm.doc.modified });
	}
	frm.add_custom_button(__("Reject"), () => {
		const asked = { fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1 };
		frappe.prompt(asked, async ({ reason }) => {
			await frappe.xcall("branch_crm.party_netting.api.reject", { settlement: frm.docname, reason });
			frm.reload_doc();
		});
	});
}

function filters_of(doc, doctype) {
	const of_company = { docstatus: 1, company: doc.company };
	if (doctype === "Journal Entry") return of_company;
	const party = doctype === "Sales Invoice" ? { customer: doc.customer } : { supplier: doc.supplier };
	return { ...of_company, ...party, outstanding_amount: [">", 0] };
}

async function mail(frm) {
	const recipients = await frappe.xcall("branch_crm.party_netting.api.statement_recipients", {
		settlement: frm.docname,
	});
	new frappe.views.CommunicationComposer({
		doc: frm.doc,
		frm,
		subject: __("Netting Statement {0}", [frm.docname]),
		recipients: recipients.join(", "),
		attach_document_print: true,
		select_print_format: "Netting Statement",
	});
}
