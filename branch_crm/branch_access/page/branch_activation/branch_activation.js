frappe.pages["branch-activation"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("Branch Activation"),
		single_column: true,
	});
	wrapper.branch_activation = new BranchActivation(page);
};

frappe.pages["branch-activation"].on_page_show = function (wrapper) {
	wrapper.branch_activation.refresh();
};

class BranchActivation {
	constructor(page) {
		this.page = page;
		this.head_office = new Set();
		this.body = $('<div class="branch-activation p-3"></div>').appendTo(page.main);
		this.body.on("change", ".make-head-office", (event) => this.choose(event.currentTarget));
		this.body.on("click", ".choose-all", () => this.choose_all());
		this.unassigned = page.add_field({
			fieldname: "unassigned_visible_to",
			fieldtype: "Select",
			label: __("Documents without a branch are seen by"),
			options: [
				"",
				{ value: "Head Office", label: __("Head Office") },
				{ value: "Everybody", label: __("Everybody") },
			],
			change: () => this.render(),
		});
		this.unassigned.$wrapper.css("min-width", "320px");
		page.set_secondary_action(__("Dry Run"), () => this.refresh(), "refresh");
	}

	async refresh() {
		const settings = await frappe.db.get_doc("Branch Access Settings");
		this.enforced = settings.enforced;
		this.page.set_indicator(
			this.enforced ? __("On") : __("Off"),
			this.enforced ? "green" : "gray"
		);
		if (this.enforced) {
			this.page.set_primary_action(__("Switch Off"), () => this.deactivate());
		} else {
			this.page.set_primary_action(__("Switch On"), () => this.activate());
		}
		this.unassigned.toggle(!this.enforced);
		this.body.html(`<p class="text-muted">${__("Counting what everybody sees…")}</p>`);
		await frappe.xcall("branch_crm.branch_access.api.begin_dry_run");
		this.await_result();
	}

	async await_result() {
		clearTimeout(this.waiting);
		this.result = await frappe.xcall("branch_crm.branch_access.api.dry_run_result");
		if (this.result) this.render();
		else if (frappe.get_route()[0] === "branch-activation")
			this.waiting = setTimeout(() => this.await_result(), 1000);
	}

	render() {
		if (!this.result) return;
		const choice = this.unassigned.get_value();
		this.body.html(
			frappe.render_template("branch_activation", {
				result: this.result,
				enforced: this.enforced,
				choices: this.enforced ? [] : choice ? [choice] : ["Head Office", "Everybody"],
				doctypes: this.doctypes(),
				head_office: this.head_office,
			})
		);
	}

	doctypes() {
		const names = this.result.users.flatMap((row) => Object.keys(row.doctypes));
		return [...new Set(names)];
	}

	choose(checkbox) {
		this.head_office[checkbox.checked ? "add" : "delete"](checkbox.dataset.user);
	}

	choose_all() {
		this.result.without_branch.forEach((user) => this.head_office.add(user));
		this.render();
	}

	activate() {
		const answer = this.unassigned.get_value();
		if (!answer) {
			frappe.msgprint({
				title: __("Answer Missing"),
				message: __("Choose who sees documents without a branch: head office or everybody."),
				indicator: "orange",
			});
			return;
		}
		const message = this.head_office.size
			? __("Switch on, and give the role Branch Head Office to {0} users?", [this.head_office.size])
			: __("Switch on? From now on people see only their branches.");
		frappe.confirm(message, async () => {
			await frappe.xcall("branch_crm.branch_access.api.activate", {
				dry_run: 0,
				unassigned_visible_to: answer,
				head_office: [...this.head_office],
			});
			this.head_office.clear();
			frappe.show_alert({ message: __("Branch access is on."), indicator: "green" });
			this.refresh();
		});
	}

	deactivate() {
		frappe.confirm(
			__("Switch off? People see again what their roles and User Permissions allow."),
			async () => {
				await frappe.xcall("branch_crm.branch_access.api.deactivate");
				frappe.show_alert({ message: __("Branch access is off."), indicator: "orange" });
				this.refresh();
			}
		);
	}
}
