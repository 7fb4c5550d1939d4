"""What time itself tells the rooms."""

from django.dispatch import Signal

hour_passed = Signal()  # with ``now``: whoever has something to do every hour does it
