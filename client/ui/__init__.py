"""The window: draws a `ViewState`, emits inputs, decides nothing."""
