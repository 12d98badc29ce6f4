"""How long random tests go on: a little in every run, `make test-soak` as long as it says."""

import os


def examples(usual: int) -> int:
	return int(os.environ.get("BRANCH_CRM_EXAMPLES") or usual)
