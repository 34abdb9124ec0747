"""The capture thread, in which the customer's screen is looked at while it is shared."""
