// Loaded with the forms of customers and suppliers; what is registered twice would run twice.
frappe.provide("branch_crm");

if (!branch_crm.archive) {
	branch_crm.archive = {
		refresh(frm) {
			if (frm.is_new()) return;
			if (frm.doc.archived) branch_crm.show_archived(frm);
			if (!frm.perm[0]?.write) return;
			if (frm.doc.archived) {
				frm.add_custom_button(__("Restore"), () => 
					branch_crm.ask_archive(frm, "branch_crm.customer_master.archive_api.restore")
				);
			} else {
				frm.page.add_menu_item(__("Archive…"), () => branch_crm.ask_reason(frm));
			}
		},
	};

	branch_crm.show_archived = function (frm) {
		const { archived_on, archived_by, archive_reason } = frm.doc;
		const words = [frappe.datetime.str_to_user(archived_on), frappe.user.full_name(archived_by), archive_reason];
		const escaped = words.map((word) => frappe.utils.escape_html(word || ""));
		frm.dashboard.set_headline_alert(__("Archived on {0} by {1}: {2}", escaped), "orange");
	};

	branch_crm.ask_reason = function (frm) {
		frappe.prompt(
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				reqd: 1,
				description: __("It is disabled and offered nowhere; its documents stay. It can be restored."),
			},
			(values) => branch_crm.ask_archive(frm, "branch_crm.customer_master.archive_api.archive", values),
			__("Archive {0}", [frm.docname]),
			__("Archive")
		);
	};

	branch_crm.ask_archive = async function (frm, method, values) {
		await frappe.xcall(method, { doctype: frm.doctype, name: frm.docname, ...values });
		frm.reload_doc();
	};

	["Customer", "Supplier"].forEach((doctype) => frappe.ui.form.on(doctype, branch_crm.archive));
}
