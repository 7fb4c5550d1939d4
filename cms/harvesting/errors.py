class HarvestError(Exception):
    """Why a source could not be harvested, in a sentence for whoever looks after it."""
