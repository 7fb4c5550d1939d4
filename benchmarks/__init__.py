"""Side-by-side measurements: ours, a peer or the limit, in one run. Quote the ratios, not the times."""
