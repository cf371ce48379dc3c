"""The same verbs without a window: arguments, and what a terminal shows."""
