"""`KeyboardEvent.code` to key codes of Linux (linux/input-event-codes.h).

The codes are those of the W3C UI Events KeyboardEvent code Values recommendation that keyboards of
PCs have; older browsers' names for some of them stand beside them.
"""

_WRITING = {
    "Backquote": 41, "Digit1": 2, "Digit2": 3, "Digit3": 4, "Digit4": 5, "Digit5": 6, "Digit6": 7,
    "Digit7": 8, "Digit8": 9, "Digit9": 10, "Digit0": 11, "Minus": 12, "Equal": 13,
    "KeyQ": 16, "KeyW": 17, "KeyE": 18, "KeyR": 19, "KeyT": 20, "KeyY": 21, "KeyU": 22,
    "KeyI": 23, "KeyO": 24, "KeyP": 25, "BracketLeft": 26, "BracketRight": 27, "Backslash": 43,
    "KeyA": 30, "KeyS": 31, "KeyD": 32, "KeyF": 33, "KeyG": 34, "KeyH": 35, "KeyJ": 36,
    "KeyK": 37, "KeyL": 38, "Semicolon": 39, "Quote": 40, "IntlBackslash": 86, "KeyZ": 44,
    "KeyX": 45, "KeyC": 46, "KeyV": 47, "KeyB": 48, "KeyN": 49, "KeyM": 50, "Comma": 51,
    "Period": 52, "Slash": 53, "IntlRo": 89, "IntlYen": 124, "Space": 57,
}  # fmt: skip

_FUNCTIONAL = {
    "Backspace": 14, "Tab": 15, "Enter": 28, "CapsLock": 58, "ContextMenu": 127, "ShiftLeft": 42,
    "ShiftRight": 54, "ControlLeft": 29, "ControlRight": 97, "AltLeft": 56, "AltRight": 100,
    "MetaLeft": 125, "MetaRight": 126, "OSLeft": 125, "OSRight": 126,
    "Convert": 92, "NonConvert": 94, "KanaMode": 93, "Lang1": 122, "Lang2": 123, "Lang3": 90,
    "Lang4": 91, "Lang5": 85,
}  # fmt: skip

_CONTROL_PAD = {
    "Insert": 110, "Delete": 111, "Home": 102, "End": 107, "PageUp": 104, "PageDown": 109,
    "Help": 138, "ArrowUp": 103, "ArrowDown": 108, "ArrowLeft": 105, "ArrowRight": 106,
}  # fmt: skip

_NUMPAD = {
    "NumLock": 69, "Numpad0": 82, "Numpad1": 79, "Numpad2": 80, "Numpad3": 81, "Numpad4": 75,
    "Numpad5": 76, "Numpad6": 77, "Numpad7": 71, "Numpad8": 72, "Numpad9": 73,
    "NumpadAdd": 78, "NumpadSubtract": 74, "NumpadMultiply": 55, "NumpadDivide": 98,
    "NumpadDecimal": 83, "NumpadEnter": 96, "NumpadEqual": 117, "NumpadComma": 121,
    "NumpadParenLeft": 179, "NumpadParenRight": 180, "NumpadChangeSign": 118,
}  # fmt: skip

_FUNCTIONS = {
    "Escape": 1, "F1": 59, "F2": 60, "F3": 61, "F4": 62, "F5": 63, "F6": 64, "F7": 65, "F8": 66,
    "F9": 67, "F10": 68, "F11": 87, "F12": 88, "F13": 183, "F14": 184, "F15": 185, "F16": 186,
    "F17": 187, "F18": 188, "F19": 189, "F20": 190, "F21": 191, "F22": 192, "F23": 193,
    "F24": 194, "PrintScreen": 99, "ScrollLock": 70, "Pause": 119,
}  # fmt: skip

_MEDIA = {
    "AudioVolumeMute": 113, "AudioVolumeDown": 114, "AudioVolumeUp": 115, "VolumeMute": 113,
    "VolumeDown": 114, "VolumeUp": 115, "MediaTrackNext": 163, "MediaPlayPause": 164,
    "MediaTrackPrevious": 165, "MediaStop": 166, "MediaSelect": 226, "Eject": 161,
    "BrowserBack": 158, "BrowserForward": 159, "BrowserRefresh": 173, "BrowserHome": 172,
    "BrowserSearch": 217, "BrowserFavorites": 156, "BrowserStop": 128, "LaunchMail": 155,
    "LaunchApp1": 157, "LaunchApp2": 140, "Copy": 133, "Cut": 137, "Paste": 135, "Undo": 131,
    "Again": 129, "Find": 136, "Open": 134, "Props": 130, "Select": 353,
}  # fmt: skip

LINUX_KEYS = _WRITING | _FUNCTIONAL | _CONTROL_PAD | _NUMPAD | _FUNCTIONS | _MEDIA

X_OFFSET = 8
"""X key codes of the evdev driver are those of Linux and 8."""

X_LAST = 255
"""The X protocol has no key codes beyond."""

X_KEYS = {code: key + X_OFFSET for code, key in LINUX_KEYS.items() if key + X_OFFSET <= X_LAST}
