"""The lane on real PostgreSQL and Redis: ``python -m tests.services``."""
