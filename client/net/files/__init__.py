"""The bytes of files: read and sent, fetched and saved, over HTTPS beside the socket."""
