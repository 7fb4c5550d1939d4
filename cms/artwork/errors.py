class ArtworkError(Exception):
    """Something could not be drawn; the message is a sentence for the person who asked for it."""
