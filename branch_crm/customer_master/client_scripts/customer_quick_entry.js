// Loaded with the list of customers, and with forms that make one from a link; what is registered twice would run twice.
frappe.provide("branch_crm");

if (!branch_crm.has_customer_quick_entry) {
	branch_crm.has_customer_quick_entry = true;

	// India Compliance asks for the GSTIN by itself
	const GSTIN = frappe.boot.versions?.india_compliance ? [] : ["gstin"];
	const ASKED = ["customer_group", "trading_name", "trade_type", "customer_category", ...GSTIN];

	frappe.ui.form.CustomerQuickEntryForm = class extends frappe.ui.form.CustomerQuickEntryForm {
		set_meta_and_mandatory_fields() {
			super.set_meta_and_mandatory_fields();
			const present = this.mandatory.map((df) => df.fieldname);
			const asked = this.meta.fields.filter(
				(df) => ASKED.includes(df.fieldname) && !present.includes(df.fieldname)
			);
			// shown here whatever the form makes them depend on
			this.mandatory.push(...asked.map((df) => ({ ...df, depends_on: "" })));
		}

		get_variant_fields() {
			const branch = {
				fieldname: "branch",
				fieldtype: "Link",
				options: "Branch",
				label: __("Branch"),
				get_query: () => ({ filters: { enabled: 1 } }),
			};
			const person = { fieldname: "contact_name", fieldtype: "Data", label: __("Contact Person") };
			const [section, ...rest] = super.get_variant_fields();
			return [branch, section, person, ...rest];
		}

		async render_dialog() {
			super.render_dialog();
			const branch = await frappe.xcall("branch_crm.branch_access.api.proposed_branch", {
				doctype: this.doctype,
				territory: this.doc.territory,
			});
			if (branch && !this.dialog.get_value("branch")) this.dialog.set_value("branch", branch);
		}

		update_doc() {
			const doc = super.update_doc();
			if (doc.branch) {
				// it is a row of the customer, which has no such field
				doc.branches = [];
				const row = frappe.model.add_child(doc, "Branch Assignment", "branches");
				Object.assign(row, { branch: doc.branch, is_primary: 1 });
				delete doc.branch;
			}
			return doc;
		}
	};
}
