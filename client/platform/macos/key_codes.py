"""`KeyboardEvent.code` to virtual key codes of macOS (HIToolbox, Events.h). Never run.

They name places on the keyboard, as the codes of the W3C UI Events recommendation do.
"""

_WRITING = {
    "Backquote": 0x32, "Digit1": 0x12, "Digit2": 0x13, "Digit3": 0x14, "Digit4": 0x15,
    "Digit5": 0x17, "Digit6": 0x16, "Digit7": 0x1A, "Digit8": 0x1C, "Digit9": 0x19,
    "Digit0": 0x1D, "Minus": 0x1B, "Equal": 0x18, "KeyQ": 0x0C, "KeyW": 0x0D, "KeyE": 0x0E,
    "KeyR": 0x0F, "KeyT": 0x11, "KeyY": 0x10, "KeyU": 0x20, "KeyI": 0x22, "KeyO": 0x1F,
    "KeyP": 0x23, "BracketLeft": 0x21, "BracketRight": 0x1E, "Backslash": 0x2A, "KeyA": 0x00,
    "KeyS": 0x01, "KeyD": 0x02, "KeyF": 0x03, "KeyG": 0x05, "KeyH": 0x04, "KeyJ": 0x26,
    "KeyK": 0x28, "KeyL": 0x25, "Semicolon": 0x29, "Quote": 0x27, "IntlBackslash": 0x0A,
    "KeyZ": 0x06, "KeyX": 0x07, "KeyC": 0x08, "KeyV": 0x09, "KeyB": 0x0B, "KeyN": 0x2D,
    "KeyM": 0x2E, "Comma": 0x2B, "Period": 0x2F, "Slash": 0x2C, "IntlYen": 0x5D, "IntlRo": 0x5E,
    "Space": 0x31,
}  # fmt: skip

_FUNCTIONAL = {
    "Backspace": 0x33, "Tab": 0x30, "Enter": 0x24, "CapsLock": 0x39, "ContextMenu": 0x6E,
    "ShiftLeft": 0x38, "ShiftRight": 0x3C, "ControlLeft": 0x3B, "ControlRight": 0x3E,
    "AltLeft": 0x3A, "AltRight": 0x3D, "MetaLeft": 0x37, "MetaRight": 0x36, "OSLeft": 0x37,
    "OSRight": 0x36, "Lang1": 0x68, "Lang2": 0x66, "Fn": 0x3F,
}  # fmt: skip

_CONTROL_PAD = {
    "Help": 0x72, "Insert": 0x72, "Delete": 0x75, "Home": 0x73, "End": 0x77, "PageUp": 0x74,
    "PageDown": 0x79, "ArrowUp": 0x7E, "ArrowDown": 0x7D, "ArrowLeft": 0x7B, "ArrowRight": 0x7C,
}  # fmt: skip

_NUMPAD = {
    "NumLock": 0x47, "Numpad0": 0x52, "Numpad1": 0x53, "Numpad2": 0x54, "Numpad3": 0x55,
    "Numpad4": 0x56, "Numpad5": 0x57, "Numpad6": 0x58, "Numpad7": 0x59, "Numpad8": 0x5B,
    "Numpad9": 0x5C, "NumpadAdd": 0x45, "NumpadSubtract": 0x4E, "NumpadMultiply": 0x43,
    "NumpadDivide": 0x4B, "NumpadDecimal": 0x41, "NumpadEnter": 0x4C, "NumpadEqual": 0x51,
    "NumpadComma": 0x5F,
}  # fmt: skip

_FUNCTIONS = {
    "Escape": 0x35, "F1": 0x7A, "F2": 0x78, "F3": 0x63, "F4": 0x76, "F5": 0x60, "F6": 0x61,
    "F7": 0x62, "F8": 0x64, "F9": 0x65, "F10": 0x6D, "F11": 0x67, "F12": 0x6F, "F13": 0x69,
    "F14": 0x6B, "F15": 0x71, "F16": 0x6A, "F17": 0x40, "F18": 0x4F, "F19": 0x50, "F20": 0x5A,
}  # fmt: skip

_MEDIA = {
    "AudioVolumeUp": 0x48, "AudioVolumeDown": 0x49, "AudioVolumeMute": 0x4A, "VolumeUp": 0x48,
    "VolumeDown": 0x49, "VolumeMute": 0x4A,
}  # fmt: skip

MAC_KEYS = _WRITING | _FUNCTIONAL | _CONTROL_PAD | _NUMPAD | _FUNCTIONS | _MEDIA
