"""What the window shows of files."""

from dataclasses import dataclass

from client.session.file_inputs import FileAct


@dataclass(frozen=True, slots=True)
class FileButton:
    """`name` is what a screen reader says: it names the file, too."""

    act: FileAct
    words: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCardView:
    """A file that is asked for, offered, on its way, saved, or that cannot be sent. `percent` is
    None where nothing moves; `why` are somebody's own words; a `problem` is told in its colour."""

    key: str
    title: str
    size: str = ""
    text: str = ""
    why: str = ""
    hint: str = ""
    percent: int | None = None
    progress: str = ""
    bar: str = ""
    problem: bool = False
    buttons: tuple[FileButton, ...] = ()

    @property
    def spoken(self) -> str:
        """What a screen reader says when the card appears."""
        return ". ".join(part for part in (self.title, self.text, self.why) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesView:
    """`open`: files can be sent now; `rules` says which."""

    open: bool = False
    rules: str = ""
    cards: tuple[FileCardView, ...] = ()
