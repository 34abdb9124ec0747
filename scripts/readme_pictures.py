"""Takes the README's pictures anew: plays the demo's tour and keeps what the README shows.

python3 scripts/readme_pictures.py
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402

PICTURES = ROOT / "docs/pictures"
KEPT = {
    "console-chat": "console",
    "console-chat-dark": "console-dark",
    "client-chat": "client",
    "client-sharing": "client-sharing",
    "console-screen": "console-screen",
    "client-chat-dark": "client-dark",
    "portal-phone": "portal",
    "chat-dark": "chat-dark",
}
"""Steps of the tour, and what their pictures are called in the README."""


def main() -> int:
    """The exit code of the tour; the old pictures stay when it fails."""
    environment.enter(environment.TOUR)
    from scripts.interruption import interruptible
    from scripts.stage.pictures import slimmed
    from scripts.stage.tour import tour

    with interruptible(), tempfile.TemporaryDirectory(prefix="bridge-pictures-") as folder:
        out = Path(folder)
        code = tour(out)
        if code == 0:
            PICTURES.mkdir(parents=True, exist_ok=True)
            for step, name in KEPT.items():
                size = slimmed(out / f"{step}.png", PICTURES / f"{name}.png")
                print(f"docs/pictures/{name}.png: {size / 1000:.0f} kB")
    return code


if __name__ == "__main__":
    sys.exit(main())
