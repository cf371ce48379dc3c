"""Address: where a link leads, as a person should see it before it is opened."""

from PySide6.QtCore import QUrl

from kotter_journal.domain.invisible import named

_HOST, _REST = (30, 70), (110, 40)
"""Characters that are shown of a long host and of what follows it: of its beginning, its end."""


def address_text(url: QUrl) -> str:
    """The address with its host as computers write it (RFC 3492), so that look-alikes show.

    Words before an "@", which could pass for a host, are left out. What is long is cut in the
    middle: the end of the host says whose it is, that of the path what it opens.
    """
    forms = QUrl.ComponentFormattingOption
    encoded, pretty = forms.FullyEncoded, forms.PrettyDecoded
    host = url.host(encoded)
    if not host:
        return named(_cut(url.toString(), *_REST))
    inner = f"[{host}]" if ":" in host else _cut(host, *_HOST)
    port = f":{url.port()}" if url.port() >= 0 else ""
    query = f"?{url.query(pretty)}" if url.hasQuery() else ""
    fragment = f"#{url.fragment(pretty)}" if url.hasFragment() else ""
    rest = named(_cut(f"{url.path(pretty)}{query}{fragment}", *_REST))
    return f"{url.scheme()}://{inner}{port}{rest}"


def _cut(text: str, start: int, end: int) -> str:
    return text if len(text) <= start + end else f"{text[:start]} … {text[-end:]}"
