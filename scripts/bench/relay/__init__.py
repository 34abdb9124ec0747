"""Parts of the benchmark of the channel: the load, and the peers beside the relay."""
