frappe.listview_settings["Credit Hold"] = {
	get_indicator(doc) {
		const colors = {
			Open: "orange",
			"Release Requested": "yellow",
			Released: "blue",
			Rejected: "red",
			Cleared: "green",
			Used: "gray",
		};
		return [__(doc.status), colors[doc.status], `status,=,${doc.status}`];
	},
};
