"""Carries out the representative's mouse and keys, in order, as far as the gate lets them."""
