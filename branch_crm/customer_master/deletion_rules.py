"""What is not deleted, and what is kept as long as it belongs to a party."""

from collections.abc import Collection

PARTIES = ("Customer", "Supplier")
# of these Trade Type and Customer Category are the app's own
MASTERS = (*PARTIES, "Branch", "Trade Type", "Customer Category")
BELONGING = ("Contact", "Address", "Bank Account")
PROTECTED = (*MASTERS, *BELONGING)


def is_kept(doctype: str, links: Collection[tuple[str, str]]) -> bool:
	"""Whether a document of `doctype` stays: a master always, others as long as one of their links (DocType and name)
	leads to a party."""
	if doctype in BELONGING:
		return any(linked in PARTIES and name for linked, name in links)
	return doctype in MASTERS
