frappe.ui.form.on("Branch", {
	setup(frm) {
		frm.set_query("user", "team", () => ({ filters: { enabled: 1, user_type: "System User" } }));
	},

	async refresh(frm) {
		frm.get_field("team_by_hand").$wrapper.empty();
		if (frm.is_new()) return;
		if (frappe.boot.user.all_reports["Branch Access by Branch"]) {
			frm.add_custom_button(__("Who Sees This Branch"), () =>
				frappe.set_route("query-report", "Branch Access by Branch", { branch: frm.doc.name })
			);
		}
		const beside = await frappe.xcall("branch_crm.branch_access.team_api.beside_team", {
			branch: frm.doc.name,
		});
		frm.set_df_property("team", "read_only", beside.keeps_team ? 0 : 1);
		frm.get_field("team_by_hand").$wrapper.html(branch_crm_members_by_hand(beside.by_hand));
	},
});

function branch_crm_members_by_hand(members) {
	if (!members.length) return "";
	const rows = members.map((member) => {
		const notes = [
			member.doctype && __("for {0} only", [__(member.doctype)]),
			member.hide_descendants && __("without the branches below"),
			member.is_default && __("default"),
		].filter(Boolean);
		const name = frappe.utils.escape_html(member.full_name);
		const since = frappe.datetime.str_to_user(member.since);
		return `<li>${name}, ${__("since {0}", [since])}${notes.length ? ` (${notes.join(", ")})` : ""}</li>`;
	});
	return `<div class="text-muted">
		${__("User Permissions made by hand, which count as full membership:")}
		<ul>${rows.join("")}</ul>
	</div>`;
}
