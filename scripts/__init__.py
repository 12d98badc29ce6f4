"""The set-up commands behind `make demo` and `make test`; Python's standard library only."""
