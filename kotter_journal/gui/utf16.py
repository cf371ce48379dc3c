"""Units of UTF-16, in which Qt counts where Python counts characters."""


def units(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
