"""What `scripts/gen_protocol.py` writes, one module for each kind of product."""
