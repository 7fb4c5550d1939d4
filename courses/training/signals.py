"""What training tells those above it."""

from django.dispatch import Signal

hour_passed = Signal()  # with ``now``: whoever has something to do every hour does it
