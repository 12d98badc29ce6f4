"""The tier needs what the app imports; `make test` brings it, and whoever runs pytest by himself is told."""

from importlib.util import find_spec

import pytest

# by library, the tests that need it
_NEED = {
	"stdnum": ("test_customer_master_identifiers.py", "test_customer_master_statutory.py"),
	"phonenumbers": ("test_customer_master_phones.py",),
}
_NOT_RUN = {library: files for library, files in _NEED.items() if find_spec(library) is None}
collect_ignore = [file for files in _NOT_RUN.values() for file in files]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
	for library, files in _NOT_RUN.items():
		terminalreporter.write_line(
			f"NOT RUN: {', '.join(files)}, since {library} is missing. `make test` installs it.", red=True
		)
