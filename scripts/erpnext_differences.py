"""Tests of ERPNext that have to go otherwise with the app, by DocType, test and state (off, on), and why."""

EXPECTED = {
	**{
		("Customer", "TestCustomer.test_party_details", state): (
			"a telephone number is kept as it is dialled from anywhere"
		)
		for state in ("off", "on")
	},
	("Issue", "TestIssue.test_recording_of_assignment_on_first_reponse_failure", "on"): (
		"test@admin.com reaches no branch, so no issue is assigned to him"
	),
	("Sales Order", "TestSalesOrder.test_update_child_qty_rate_with_workflow", "on"): (
		"test2@example.com reaches no branch, so he changes no order"
	),
	("Sales Order", "TestSalesOrder.test_warehouse_user", "on"): (
		"test2@example.com reaches no branch, so he sees no customer to make an order for"
	),
	("Task", "TestTask.test_close_assignment", "on"): (
		"test@example.com reaches no branch, so no task is assigned to him"
	),
}
