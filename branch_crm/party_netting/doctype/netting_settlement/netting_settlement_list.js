frappe.listview_settings["Netting Settlement"] = {
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,

	get_indicator(doc) {
		const colors = {
			Proposed: "orange",
			Approved: "blue",
			Settling: "yellow",
			Settled: "green",
			Rejected: "red",
			Cancelling: "yellow",
			Cancelled: "gray",
		};
		return [__(doc.status), colors[doc.status], `status,=,${doc.status}`];
	},
};
