"""What credentials announce. Sent in the transaction that adds the row; the listeners stand above."""

from django.dispatch import Signal

# Keyword arguments: learner, entry.
ledger_changed = Signal()
