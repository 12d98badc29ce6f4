"""What is known of single paths."""

# these end processes, wait for other machines, or change the machine itself
NOT_CALLED = {
	"frappe.core.doctype.recorder.recorder.start",
}
# what answers to each person, or at each moment, in its own way
_MAY_DIFFER: dict[str, str] = {}
# what head office alone does
FOR_HEAD_OFFICE: set[str] = set()


def may_differ(path: str, person: str) -> bool:
	return path in _MAY_DIFFER


# what is made anew may be told that its name is taken
CREATES = {
	"frappe.client.insert",
	"frappe.client.insert_many",
	"frappe.desk.form.save.savedocs",
}
