"""`make lint`: ruff with the project's rules."""

import subprocess

from scripts import say, system
from scripts.test import TOOLS


def main() -> int:
	system.CACHE.mkdir(parents=True, exist_ok=True)
	ruff = [str(system.tools(TOOLS)), "-m", "ruff"]
	checks = (["check", "."], ["format", "--check", "."])
	return max(
		subprocess.run([*ruff, *check], cwd=system.CHECKOUT, check=False).returncode for check in checks
	)


if __name__ == "__main__":
	say.guarded(main)
