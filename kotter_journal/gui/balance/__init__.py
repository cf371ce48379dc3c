"""Balance: the hours of a period by side, by pair, by activity and over time."""
