"""The pages' pure modules in a node process that answers one question a line."""

import json
import subprocess
from pathlib import Path
from typing import Any, Self

PROGRAM = Path(__file__).parent / "js" / "twin.mjs"


class Twin:
    """Calls functions of `js/core` by name. Arguments and results travel as JSON."""

    def __enter__(self) -> Self:
        self._node = subprocess.Popen(
            ["node", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        with self._node:
            assert self._node.stdin
            self._node.stdin.close()

    def __call__(self, function: str, *arguments: object) -> Any:
        """The result, or `{"thrown": name of the error}`."""
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps([function, arguments]) + "\n")
        self._node.stdin.flush()
        return json.loads(self._node.stdout.readline())
