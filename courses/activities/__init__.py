"""Kinds of activities: a folder each, with its class in ``kind.py``. A new folder is a new kind."""
