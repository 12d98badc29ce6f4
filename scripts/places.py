"""Where things are: the checkout, and the folder in which everything else is kept."""

from __future__ import annotations

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def cache(*parts: str) -> Path:
	"""A path under the cache folder of the app, whose parent folder is made."""
	home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
	path = home.joinpath("branch-crm", *parts)
	path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
	return path


def folder(*parts: str) -> Path:
	path = cache(*parts)
	path.mkdir(exist_ok=True)
	return path
