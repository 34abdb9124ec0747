"""The parts of the benchmark of files."""
