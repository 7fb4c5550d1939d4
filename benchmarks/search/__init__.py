"""Search beside its peers and its limit: ``python -m benchmarks.search``."""
