"""The one place where the version stands; `PROTOCOL` rises when old peers would misread us."""

VERSION = "0.1.0"
PROTOCOL = 1
