"""What stands in a request as the address of a private file."""

import json

import pytest

from branch_crm.branch_access.file_rules import SentAddress, opens_files, private_addresses

ADDRESS = "/private/files/a.csv"


@pytest.mark.parametrize(
	"arguments",
	[
		{"file_url": ADDRESS},
		{"file_url": f" {ADDRESS}\n"},
		{"data": {"csv_file": ADDRESS}},
		{"data": json.dumps({"rows": [{"file": ADDRESS}]})},
		{"files": [ADDRESS]},
		{"file": "/public/../private/files/a.csv"},
		{"file": "../private/files/a.csv"},
		{"file": "/Private/files/a.csv"},
		{"file": "/private%2Ffiles/a.csv"},
		{"file": "private/files/a.csv"},
		{"file": "/private/files/Price List (it's new) [2].csv"},
		{"file": "/private/files/a <b>.csv"},
		{"file": "/private/./files/../files/a.csv"},
		{"file": "\\private\\files\\a.csv"},
		{"file": "/private/../site_config.json"},
		{"file": "/private/backups/all.sql.gz"},
	],
)
def test_an_address_is_found(arguments: dict) -> None:
	assert [sent.document for sent in private_addresses(arguments)] == [None]


@pytest.mark.parametrize(
	"arguments",
	[
		{"content": f"See {ADDRESS} there"},
		{"content": f'<img src="{ADDRESS}">'},
		{"content": "A private / public matter"},
		{"name": "private"},
		{"txt": "%private%"},
		{"txt": "private%"},
		{"content": "Govt/Private/Trust"},
		{"content": "![](/private/files/x.png)"},
		{"content": "private/filesystem"},
		{"file_url": "/files/a.csv"},
		{"file_url": "https://x.example/private/files/a.csv"},
		{"number": 1, "nothing": None},
	],
)
def test_what_is_written_to_be_read_is_none(arguments: dict) -> None:
	assert list(private_addresses(arguments)) == []


def test_an_address_is_found_with_the_document_that_it_stands_in() -> None:
	document = {"doctype": "Item", "name": "a", "image": ADDRESS}
	assert list(private_addresses({"doc": json.dumps(document)})) == [SentAddress(ADDRESS, "image", document)]
	row = {"doctype": "Lead", "rows": [{"image": ADDRESS}]}
	assert list(private_addresses({"docs": [row]})) == [SentAddress(ADDRESS, "image", row)]
	# the arguments of a function that name a document beside the address are none
	assert list(private_addresses({"doctype": "Item", "file_url": ADDRESS})) == [
		SentAddress(ADDRESS, "file_url")
	]


@pytest.mark.parametrize(
	"text",
	[
		f'embed="{ADDRESS}"',
		f"<img EMBED = '{ADDRESS}'>",
		f"<img data-embed={ADDRESS}>",
		f"embed&#61;&quot;{ADDRESS}&quot;",
		f"embed&amp;#61;&amp;quot;{ADDRESS}&amp;quot;",
		f'emb<!-- -->ed="{ADDRESS}"',
		f'emb<b>ed="{ADDRESS}"</b>',
		'embed="site/site_config.json"',
		'embed="files/../../private/files/a.csv"',
		'embed="/files/a.png" embed="/etc/passwd"',
		'<meta name="pdfkit-allow" content="/">',
		'<meta name="pdfkit&#45;allow">',
	],
)
def test_a_text_that_opens_files_is_found_on_every_level(text: str) -> None:
	for arguments in ({"content": text}, {"doc": json.dumps({"rows": [{"note": text}]})}, [text]):
		assert opens_files(arguments)


@pytest.mark.parametrize(
	"text",
	[
		'<img embed="/assets/frappe/images/logo.png">',
		'<img embed="files/a.png">',
		"https://x.example/?embed=true",
		"<a href='https://x.example/?a=1&amp;embed=1'>x</a>",
		"Do you embed it? Yes = no.",
		'<iframe src="https://video.example/embed/1">',
		"pdfkit",
		"",
	],
)
def test_other_texts_are_not(text: str) -> None:
	assert not opens_files({"doc": json.dumps({"content": text}), "number": 1, "nothing": None})
