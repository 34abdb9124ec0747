"""From what is seen to the payloads of frames: the right tool for each change, for one layout.

What has only moved is copied, what is uncovered again is recalled, what keeps moving goes to the
stream, small changes go to the last bit at once, large ones coarsely first; `improved` makes up for
that while the screen is still.
"""

import numpy as np

from client.capture import pieces
from client.capture.jpeg import Grade
from client.capture.kinds import photos
from client.capture.memory import Memory
from client.capture.motion import Motion
from client.capture.moves import Moves
from client.capture.pieces import Made
from client.capture.quality import HOT_LEAST, Loss, Quality, Step, Tool
from client.capture.scene import Seen
from client.capture.terms import Terms
from client.capture.tiles import Blocks, bounds, covered, inside, shape_of
from client.session.geometry import Rect
from protocol import limits
from protocol.picture import PICTURE_HEAD_BYTES, Codec, PictureHead, Piece

BIG = 0.3
"""A change of more than this share of the picture is sent coarsely first."""

FINE = 256
"""Blocks of a photograph up to which a change is sent finely at once."""

TINY = 4
"""Fewer blocks of a photograph are smaller to the last bit than with a JPEG's tables."""

TEXT = 600
"""Blocks of text up to which what keeps changing is sent to the last bit each time."""

MOST_BYTES = limits.FRAME_BYTES - PICTURE_HEAD_BYTES
FINEST = 30
"""A stream's level up to which no difference is seen."""


class Pictures:
    """Begins with `whole`. `number` and `area` are the layout's."""

    def __init__(self, number: int, area: Rect, motion: Motion | None) -> None:
        self._head = PictureHead(number % 256, area.width, area.height).pack()
        self._shape = shape_of(area.width, area.height)
        self.area = area
        self._whole = Rect(0, 0, area.width, area.height)
        self.motion = motion
        self.number = number
        self.moved = 0
        """Bytes of the stream in the newest change."""
        self._moves = Moves()
        self._begin()

    @property
    def codec(self) -> Codec | None:
        """What moves is encoded so; None: there is no stream."""
        return self.motion.codec if self.motion is not None else None

    def _begin(self) -> None:
        if self.motion is not None:
            self.motion.begun = False
        self.quality = Quality(*self._shape)
        self._memory = Memory(self._whole.width, self._whole.height)

    def whole(self, seen: Seen, terms: Terms, now: float) -> bytes:
        """Everything, for viewers that have nothing. Raises `EncodingFailed`."""
        self._begin()
        everywhere = np.ones(self._shape, np.bool_)
        self.quality.changed(everywhere, now)
        return self._head + b"".join(self._coarse(seen, everywhere, terms, Grade.COARSE))

    def change(self, seen: Seen, terms: Terms, now: float) -> bytes:
        """What has changed. Raises `EncodingFailed`."""
        changed, picture, before = seen.changed, seen.picture, seen.before
        self.moved = 0
        settled = self.quality.changed(changed, now)
        found = self._moves.find(before, picture, changed)
        left = changed if found is None else found.left
        recalled = self._memory.recall(picture, left, found)
        left = left & ~inside(recalled, self._shape)
        settled &= ~inside(recalled, self._shape)
        kept = self._memory.keep(before, changed, settled, self.quality.loss)
        made = [
            *pieces.memories(Piece.KEEP, kept, picture),
            *pieces.memories(Piece.RECALL, recalled, picture),
        ]
        self.quality.follows(recalled, self._memory, found)
        if found is not None:
            made += pieces.copies(found)
        made += self._rest(seen, left, terms, moves=found is not None)
        return self._head + b"".join(made)

    def improved(self, seen: Seen, terms: Terms, now: float) -> bytes | None:
        """Some of what has been still for a while, more exactly; None: nothing needs it now.

        Raises `EncodingFailed`.
        """
        if self.motion is not None and not self.motion.begun:
            return self._head + self.motion.begin()
        step = self.quality.improving(now, terms, streams=self.motion is not None)
        if step is None:
            return None
        if step.tool is not Tool.PIXELS:  # what is drawn beside them must be as inexact
            step = Step(pieces.filled(step.blocks, seen.picture)[0], step.tool)
        made = b"".join(self._improving(seen, step))
        self.quality.improved(step, len(made))
        return self._head + made

    def next_improving(self, terms: Terms) -> float | None:
        """When `improved` may have something to do; None: all is as exact as it gets."""
        if self.motion is not None and not self.motion.begun:
            return 0.0
        return self.quality.next_improving(terms, streams=self.motion is not None)

    def use(self, motion: Motion | None) -> None:
        """Another stream from now on."""
        self.close()
        self.motion = motion

    def close(self) -> None:
        """Give back what the stream holds."""
        if self.motion is not None:
            self.motion.close()

    def _rest(self, seen: Seen, left: Blocks, terms: Terms, *, moves: bool) -> list[Made]:
        """What has to be sent, by what it shows and how it moves."""
        if not left.any():
            return []
        photo = photos(seen.picture, left)
        if np.count_nonzero(photo) < TINY:
            photo[...] = False
        stream = self._streamed(left, photo, terms)
        still = left & ~stream
        made: list[Made] = []
        if np.count_nonzero(still) > BIG * still.size:
            made = self._coarse(seen, still, terms, Grade.COARSE)
        elif still.any():
            made = self._sharp(seen, still, photo, terms, moves=moves)
        if self.motion is not None and stream.any():
            made.append(self._moved(self.motion, seen, stream, terms.level))
            self.moved = len(made[-1])
        return made

    def _streamed(self, left: Blocks, photo: Blocks, terms: Terms) -> Blocks:
        """Those that keep moving: photographs, and text where there is much of it."""
        none = np.zeros_like(left)
        if self.motion is None or not self.motion.begun:
            return none
        moving = self.quality.moving(left)
        text = moving & ~photo
        if not terms.slow and np.count_nonzero(text) <= TEXT:
            moving &= photo
        return moving if np.count_nonzero(moving) >= HOT_LEAST else none

    def _sharp(
        self, seen: Seen, still: Blocks, photo: Blocks, terms: Terms, *, moves: bool
    ) -> list[Made]:
        """Text to the last bit, photographs finely where there is little of them and nothing moves;
        or coarser, if that is more than the link bears."""
        pictured, text = still & photo, still & ~photo
        picture = seen.picture
        made: list[Made] = []
        if text.any():
            lossless = not self.quality.loss[text].any()
            before = seen.before if lossless else None
            made += pieces.exacts(picture, before, text, photo=False)
        few = np.count_nonzero(pictured) <= FINE and not moves
        if pictured.any():
            pictured, rects = pieces.filled(pictured, picture)
            made += pieces.jpegs(picture, rects, Grade.FINE if few else Grade.FAIR)
        if sum(map(len, made)) > _most(terms):
            return self._coarse(seen, still, terms, Grade.COARSE)
        self.quality.drawn(text, Loss.EXACT)
        self.quality.drawn(pictured, Loss.FINE if few else Loss.COARSE)
        return made

    def _coarse(self, seen: Seen, blocks: Blocks, terms: Terms, best: Grade) -> list[Made]:
        """All of it as JPEG, as well as the link bears."""
        blocks, rects = pieces.filled(blocks, seen.picture)
        if np.count_nonzero(blocks) > BIG * blocks.size:
            rects = [bounds(blocks, self._whole.width, self._whole.height)]
            blocks = covered(rects, blocks.shape)
        made: list[Made] = []
        for grade in (one for one in Grade if one >= best):
            made = pieces.jpegs(seen.picture, rects, grade)
            if sum(map(len, made)) <= _most(terms):
                break
        self.quality.drawn(blocks, Loss.COARSE)
        return made

    def _moved(self, motion: Motion, seen: Seen, blocks: Blocks, level: int) -> Made:
        """By the stream."""
        blocks, rects = pieces.filled(blocks, seen.picture)
        self.quality.drawn(blocks, Loss.FINE if level <= FINEST else Loss.COARSE)
        self.quality.streamed(blocks)
        return motion.frame(seen.picture, blocks, rects, level)

    def _improving(self, seen: Seen, step: Step) -> list[Made]:
        picture = seen.picture
        if step.tool is Tool.PIXELS:
            photo = photos(picture, step.blocks)
            text = step.blocks & ~photo
            return [
                *pieces.exacts(picture, None, text, photo=False),
                *pieces.exacts(picture, None, photo, photo=True),
            ]
        if step.tool is Tool.JPEG or self.motion is None:
            return pieces.jpegs(picture, pieces.filled(step.blocks, picture)[1], Grade.FINE)
        drawn = step.tool is Tool.STREAM
        return [self.motion.improve(picture, step.blocks, drawn=drawn)]


def _most(terms: Terms) -> int:
    return MOST_BYTES if terms.most is None else min(terms.most, MOST_BYTES)
