"""Builds the customer's client for the system it runs on.

    python3 scripts/build_client.py --relay https://help.example.org --name "Acme Support" \
        [--identity TEXT] [--dist DIR]
    python3 scripts/build_client.py --development [--dist DIR]

A release knows its relay and takes no other; TEXT is what `bridge-relay identity` prints. A
development build takes everything from its command line and says so in its title.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402


def main() -> int:
    """The exit code: 2 when there is something to mend."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--relay", help="https address of the one relay")
    parser.add_argument("--name", help="the organisation, as customers read it")
    parser.add_argument("--identity", default="", help="what `bridge-relay identity` prints")
    parser.add_argument("--development", action="store_true", help="for no relay in particular")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="folder to build into")
    given = parser.parse_args()
    if given.development == bool(given.relay or given.name or given.identity):
        parser.error("either --development, or --relay and --name for a release")
    if not given.development and not (given.relay and given.name):
        parser.error("a release needs --relay and --name")
    environment.enter(environment.BUILD)
    from installers.building import build
    from installers.fault import BuildFault
    from installers.release import release_for

    try:
        release = (
            None if given.development else release_for(given.relay, given.name, given.identity)
        )
        product = build(given.dist.resolve(), release)
    except (BuildFault, OSError) as problem:
        print(f"Nothing was built. {problem}", file=sys.stderr)
        return 2
    for file in product.files:
        print(f"{file}  ({file.stat().st_size / 1e6:.1f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
