"""Names and system descriptions as strangers send them, made fit to be shown and logged."""


def tidy(text: str, most: int) -> str:
    """`text` on one line, without characters that cannot be printed, at most `most` characters."""
    spaced = " ".join(text.split())
    return "".join(char for char in spaced if char.isprintable())[:most].rstrip()
