"""What can go wrong with an index, in sentences for the person who runs the site."""


class IndexUnavailable(Exception):
    """There is no index, or it cannot be read; searching answers with nothing until it is rebuilt."""


class IndexBusy(Exception):
    """Another process holds the right to write."""
