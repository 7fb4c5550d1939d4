from django.dispatch import Signal

moved = Signal()  # with ``organisation``: it and all below it stand elsewhere in the tree
