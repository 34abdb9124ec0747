"""What a bundle tells macOS about itself: `Info.plist`, and what it asks to be entitled to.

The keys are Apple's (Bundle Resources, Information Property List). Screen recording and
accessibility have no key of their own: the person allows them in the privacy settings.
"""

from typing import Any

from protocol.version import VERSION

IDENTIFIER = "org.support-bridge.client"
"""Permissions that a person gave belong to this name and the signature together."""

NAME = "Support Bridge"
OLDEST = "13.0"
"""The oldest macOS that Qt 6.11 supports."""


def info() -> dict[str, Any]:
    """The content of `Info.plist`, beside what PyInstaller writes."""
    return {
        "CFBundleName": NAME,
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": VERSION,
        "CFBundleVersion": VERSION,
        "CFBundleLocalizations": ["en", "de"],
        "LSMinimumSystemVersion": OLDEST,
        "LSApplicationCategoryType": "public.app-category.utilities",
        "NSHighResolutionCapable": True,
        "NSDownloadsFolderUsageDescription": (
            "Files that you accept from your representative are saved there."
        ),
        "NSDesktopFolderUsageDescription": (
            "Only files that you choose are sent to your representative."
        ),
        "NSDocumentsFolderUsageDescription": (
            "Only files that you choose are sent to your representative."
        ),
        "NSScreenCaptureUsageDescription": (
            "Your representative sees your screen only after you allowed it, and until you end it."
        ),
    }


def entitlements() -> dict[str, bool]:
    """What the hardened runtime must allow (notarisation demands it): Python's own libraries are
    signed by the same identity, but libffi writes small pieces of code when it runs."""
    return {"com.apple.security.cs.allow-unsigned-executable-memory": True}
