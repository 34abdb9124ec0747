"""nginx with TLS on this machine: it takes files by PUT and serves them, as its manual says."""

import contextlib
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from scripts.bench.load import trusting
from scripts.processes import started
from scripts.stage.relay import Relay, free_port

READY_S = 10.0

_CONFIGURATION = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 64; }}
http {{
    access_log off;
    sendfile on;
    client_max_body_size 0;
    client_body_temp_path {folder}/coming;
    proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {data}/development.pem;
        ssl_certificate_key {data}/development.key;
        root {folder}/files;
        location / {{ dav_methods PUT DELETE; create_full_put_path on; }}
    }}
}}
"""


@contextlib.contextmanager
def running_nginx(folder: Path, relay: Relay) -> Iterator[str]:
    """nginx with the relay's own certificate and one worker; its origin. Its configuration is the
    one Debian delivers, but for what a server of files needs. Raises `RuntimeError`."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if program is None:
        raise RuntimeError("nginx is missing")
    port = free_port(18443)
    (folder / "files").mkdir(parents=True)
    configuration = folder / "nginx.conf"
    configuration.write_text(
        _CONFIGURATION.format(folder=folder, port=port, data=relay.data, user=_user()), "utf-8"
    )
    command = [program, "-p", str(folder), "-c", str(configuration)]
    with started(command, log=folder / "error.log") as process:
        origin = f"https://localhost:{port}"
        until = time.monotonic() + READY_S
        while not _answers(origin, relay):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"nginx does not start; see {folder / 'error.log'}")
            time.sleep(0.05)
        yield origin


def _user() -> str:
    """Started by root its workers would be somebody who cannot reach the folder."""
    me = getattr(os, "geteuid", lambda: 1)()
    return "user root;" if me == 0 else ""


def _answers(origin: str, relay: Relay) -> bool:
    try:
        urllib.request.urlopen(origin, context=trusting(str(relay.authority)), timeout=2)  # noqa: S310
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def version() -> str:
    """What the distribution calls it."""
    ran = subprocess.run(["/usr/sbin/nginx", "-v"], capture_output=True, text=True)
    return ran.stderr.strip().rpartition("/")[2]
