"""What single functions take, where the names of their parameters do not tell."""

from collections.abc import Callable, Iterable

from tests.site.leak.world import Side

BY_PATH: dict[str, Callable[[Side], Iterable[dict]]] = {}
