"""Windows to test the mask with: imagined ones, and real ones in colours that tell them apart."""
