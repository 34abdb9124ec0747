"""The full check, cheapest first; every step runs, and a table at the end says how each went.

python3 scripts/check.py              everything
python3 scripts/check.py --no-tests   everything but the tests
python3 scripts/check.py --fix        first format the sources and write generated files
"""

import argparse
import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import environment  # noqa: E402

WEB = ROOT / "relay/web"
WORKFLOW = ("--builtin-schema", "vendor.github-workflows", ".github/workflows/release.yml")
PLATFORMS = ("linux", "darwin", "win32")


class Step(NamedTuple):
    """`run` returns the exit code and what to show when it is not 0."""

    name: str
    run: Callable[[], tuple[int, str]]


class Outcome(NamedTuple):
    name: str
    ok: bool
    seconds: float


def command(*words: str, cwd: Path = ROOT) -> tuple[int, str]:
    """Runs a program and keeps what it says."""
    ran = subprocess.run(
        words, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return ran.returncode, ran.stdout


def tool(name: str, *words: str) -> tuple[int, str]:
    """Runs a program of the environment."""
    return command(str(Path(sys.executable).with_name(name)), *words)


def script(name: str, *words: str) -> tuple[int, str]:
    """Runs a script of this folder."""
    return command(sys.executable, f"scripts/{name}.py", *words)


def types_of_pages() -> tuple[int, str]:
    """tsc over the pages, with exactly the packages of their lock file."""
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    stamp = WEB / "node_modules/.installed"
    if not stamp.exists() or stamp.read_text("utf-8") != lock:
        code, said = command("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=WEB)
        if code:
            return code, said
        stamp.write_text(lock, "utf-8")
    return command("node_modules/.bin/tsc", "--project", "tsconfig.json", cwd=WEB)


def tests() -> tuple[int, str]:
    """All tests, with what they say going straight to the terminal."""
    return subprocess.run([sys.executable, "scripts/test.py"], cwd=ROOT).returncode, ""


def steps() -> Iterator[Step]:
    """Everything but the tests, cheapest first."""
    yield Step("format", partial(tool, "ruff", "format", "--check", "."))
    yield Step("lint", partial(tool, "ruff", "check", "."))
    yield Step("sizes", partial(script, "sizes"))
    yield Step("workflow of a release", partial(tool, "check-jsonschema", *WORKFLOW))
    yield Step("layers of the pages", partial(script, "page_layers"))
    yield Step("generated files", partial(script, "gen_protocol", "--check"))
    yield Step("generated sounds", partial(script, "gen_sounds", "--check"))
    yield Step("layers of the programs", partial(tool, "lint-imports"))
    yield Step("types of the pages", types_of_pages)
    for platform in PLATFORMS:
        cache = f"--cache-dir=.mypy_cache/{platform}"
        yield Step(f"types, {platform}", partial(tool, "mypy", f"--platform={platform}", cache))


def carried_out(step: Step) -> Outcome:
    """Runs one step and says how it went."""
    print(f"{step.name} …", end=" ", flush=True)
    began = time.monotonic()
    code, said = step.run()
    outcome = Outcome(step.name, code == 0, time.monotonic() - began)
    print("ok" if outcome.ok else f"failed\n{said}", flush=True)
    return outcome


def summary(outcomes: list[Outcome]) -> str:
    """The closing table."""
    width = max(len(outcome.name) for outcome in outcomes)
    rows = [
        f"{outcome.name:<{width}}  {'ok' if outcome.ok else 'FAILED':<6}  {outcome.seconds:6.1f} s"
        for outcome in outcomes
    ]
    return "\n".join(["", *rows])


def main() -> int:
    """The exit code: 1 when any step failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--no-tests", action="store_true", help="leave the tests out")
    parser.add_argument("--fix", action="store_true", help="format and generate first")
    chosen = parser.parse_args()
    if chosen.fix:
        for code, said in (
            script("gen_protocol"),
            script("gen_sounds"),
            tool("ruff", "format", "."),
        ):
            print(said if code else said.rstrip())
    outcomes = [carried_out(step) for step in steps()]
    if not chosen.no_tests:
        outcomes.append(carried_out(Step("tests", tests)))
    print(summary(outcomes))
    return 0 if all(outcome.ok for outcome in outcomes) else 1


if __name__ == "__main__":
    environment.enter(environment.TESTS)
    sys.exit(main())
