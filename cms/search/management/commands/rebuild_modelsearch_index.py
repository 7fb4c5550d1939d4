"""django-modelsearch's command under its own name; Wagtail knows it as ``update_index``."""

from modelsearch.management.commands.rebuild_modelsearch_index import Command

__all__ = ["Command"]
