"""What the operator can mend."""


class BuildFault(Exception):
    """The text says what is wrong and what to do; the build leaves nothing half done."""
