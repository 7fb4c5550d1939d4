"""The whole platform in one matrix: the measures of the strategy and what there is for each, its gaps first."""
