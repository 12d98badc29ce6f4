"""The tier needs what the app imports; `make test` brings it, and whoever runs pytest by himself is told."""

from importlib.util import find_spec

import pytest

_MISSING = find_spec("stdnum") is None
_NEED_IT = ("test_customer_master_identifiers.py", "test_customer_master_statutory.py")
collect_ignore = list(_NEED_IT) if _MISSING else []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
	if _MISSING:
		terminalreporter.write_line(
			f"NOT RUN: {', '.join(_NEED_IT)}, since python-stdnum is missing. `make test` installs it.",
			red=True,
		)
