app_name = "says_yes"
app_title = "Says Yes"
app_publisher = "Branch CRM maintainers"
app_description = "Answers yes to whoever asks for a permission"
app_email = "maintainers@branch-crm.invalid"
app_license = "GPL-3.0"

has_permission = {"*": "says_yes.answers.yes"}
before_request = ["says_yes.answers.take_away"]
