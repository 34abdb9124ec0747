"""`KeyboardEvent.code` to scan codes of Windows.

The codes are those of the W3C UI Events KeyboardEvent code Values recommendation; older browsers'
names for some of them stand beside them. Scan codes: set 1, as Windows reports them. `EXTENDED`
marks those that the keyboard sends behind 0xE0.
"""

EXTENDED = 0xE000

_WRITING = {
    "Backquote": 0x29, "Digit1": 0x02, "Digit2": 0x03, "Digit3": 0x04, "Digit4": 0x05,
    "Digit5": 0x06, "Digit6": 0x07, "Digit7": 0x08, "Digit8": 0x09, "Digit9": 0x0A,
    "Digit0": 0x0B, "Minus": 0x0C, "Equal": 0x0D, "KeyQ": 0x10, "KeyW": 0x11, "KeyE": 0x12,
    "KeyR": 0x13, "KeyT": 0x14, "KeyY": 0x15, "KeyU": 0x16, "KeyI": 0x17, "KeyO": 0x18,
    "KeyP": 0x19, "BracketLeft": 0x1A, "BracketRight": 0x1B, "Backslash": 0x2B, "KeyA": 0x1E,
    "KeyS": 0x1F, "KeyD": 0x20, "KeyF": 0x21, "KeyG": 0x22, "KeyH": 0x23, "KeyJ": 0x24,
    "KeyK": 0x25, "KeyL": 0x26, "Semicolon": 0x27, "Quote": 0x28, "IntlBackslash": 0x56,
    "KeyZ": 0x2C, "KeyX": 0x2D, "KeyC": 0x2E, "KeyV": 0x2F, "KeyB": 0x30, "KeyN": 0x31,
    "KeyM": 0x32, "Comma": 0x33, "Period": 0x34, "Slash": 0x35, "IntlRo": 0x73, "IntlYen": 0x7D,
    "Space": 0x39,
}  # fmt: skip

_FUNCTIONAL = {
    "Backspace": 0x0E, "Tab": 0x0F, "Enter": 0x1C, "CapsLock": 0x3A, "ContextMenu": 0xE05D,
    "ShiftLeft": 0x2A, "ShiftRight": 0x36, "ControlLeft": 0x1D, "ControlRight": 0xE01D,
    "AltLeft": 0x38, "AltRight": 0xE038, "MetaLeft": 0xE05B, "MetaRight": 0xE05C,
    "OSLeft": 0xE05B, "OSRight": 0xE05C, "Convert": 0x79, "NonConvert": 0x7B, "KanaMode": 0x70,
    "Lang3": 0x78, "Lang4": 0x77,
}  # fmt: skip

_CONTROL_PAD = {
    "Insert": 0xE052, "Delete": 0xE053, "Home": 0xE047, "End": 0xE04F, "PageUp": 0xE049,
    "PageDown": 0xE051, "Help": 0xE03B, "ArrowUp": 0xE048, "ArrowDown": 0xE050,
    "ArrowLeft": 0xE04B, "ArrowRight": 0xE04D,
}  # fmt: skip

_NUMPAD = {
    "NumLock": 0xE045, "Numpad0": 0x52, "Numpad1": 0x4F, "Numpad2": 0x50, "Numpad3": 0x51,
    "Numpad4": 0x4B, "Numpad5": 0x4C, "Numpad6": 0x4D, "Numpad7": 0x47, "Numpad8": 0x48,
    "Numpad9": 0x49, "NumpadAdd": 0x4E, "NumpadSubtract": 0x4A, "NumpadMultiply": 0x37,
    "NumpadDivide": 0xE035, "NumpadDecimal": 0x53, "NumpadEnter": 0xE01C, "NumpadEqual": 0x59,
    "NumpadComma": 0x7E,
}  # fmt: skip

_FUNCTIONS = {
    "Escape": 0x01, "F1": 0x3B, "F2": 0x3C, "F3": 0x3D, "F4": 0x3E, "F5": 0x3F, "F6": 0x40,
    "F7": 0x41, "F8": 0x42, "F9": 0x43, "F10": 0x44, "F11": 0x57, "F12": 0x58, "F13": 0x64,
    "F14": 0x65, "F15": 0x66, "F16": 0x67, "F17": 0x68, "F18": 0x69, "F19": 0x6A, "F20": 0x6B,
    "F21": 0x6C, "F22": 0x6D, "F23": 0x6E, "F24": 0x76, "PrintScreen": 0xE037,
    "ScrollLock": 0x46, "Pause": 0x45,
}  # fmt: skip

_MEDIA = {
    "AudioVolumeMute": 0xE020, "AudioVolumeDown": 0xE02E, "AudioVolumeUp": 0xE030,
    "VolumeMute": 0xE020, "VolumeDown": 0xE02E, "VolumeUp": 0xE030, "MediaTrackNext": 0xE019,
    "MediaPlayPause": 0xE022, "MediaTrackPrevious": 0xE010, "MediaStop": 0xE024,
    "MediaSelect": 0xE06D, "Eject": 0xE02C, "BrowserBack": 0xE06A, "BrowserForward": 0xE069,
    "BrowserRefresh": 0xE067, "BrowserHome": 0xE032, "BrowserSearch": 0xE065,
    "BrowserFavorites": 0xE066, "BrowserStop": 0xE068, "LaunchMail": 0xE06C,
    "LaunchApp1": 0xE06B, "LaunchApp2": 0xE021, "Copy": 0xE018, "Cut": 0xE017, "Paste": 0xE00A,
    "Undo": 0xE008,
}  # fmt: skip

SCAN_CODES = _WRITING | _FUNCTIONAL | _CONTROL_PAD | _NUMPAD | _FUNCTIONS | _MEDIA
