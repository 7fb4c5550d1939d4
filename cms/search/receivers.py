"""What is saved goes straight into our queue, in the same transaction.

modelsearch would put a task of its own in between, and until a worker came to it nothing would say what
is not yet indexed. Where another backend is configured as well, modelsearch's way stays as it is.
"""

from typing import Any

from django.db.models.signals import post_save
from modelsearch import index
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_save_signal_handler

from cms.search.backend import SearchBackend


def connect() -> None:
    """Takes over from modelsearch; called once every app is ready to be asked for its models."""
    for model in index.get_indexed_models():
        if post_save.disconnect(post_save_signal_handler, sender=model):
            post_save.connect(queue_saved, sender=model)


def queue_saved(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    if all(isinstance(backend, SearchBackend) for backend in get_search_backends(with_auto_update=True)):
        index.insert_or_update_object(instance)
    else:
        post_save_signal_handler(instance, **kwargs)
