"""What the benchmarks share: the load, the baselines, and how figures are shown."""
