"""The learning record under load, beside the limit of its database: ``python -m benchmarks.records``."""
