"""Rules, sums and names that would be true with pencil and paper."""
