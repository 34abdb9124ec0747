"""Windows on this machine: Wine in a folder of its own, and a Windows Python with its packages."""
