"""Which charset a text is in, by a rule and never by guessing.

The rule: byte-order mark, else UTF-16 by its NUL bytes, else strict UTF-8, else strict GB18030
(a superset of GBK and GB2312).
"""

from __future__ import annotations

import codecs

UTF8, GB18030, UTF16_LE, UTF16_BE = "utf-8", "gb18030", "utf-16-le", "utf-16-be"
# Read only where a person says so.
BIG5 = "big5"
CHOICES = (UTF8, GB18030, BIG5, UTF16_LE, UTF16_BE)
MARKS = {
    codecs.BOM_UTF8: UTF8,
    codecs.BOM_UTF16_LE: UTF16_LE,
    codecs.BOM_UTF16_BE: UTF16_BE,
}


class UndecodableError(Exception):
    """Bytes that are not text in `encoding`; line and byte (in its line) count from 1.

    proven: what came before can only be this encoding.
    """

    def __init__(self, encoding: str, line: int, byte: int, proven: bool = False) -> None:
        super().__init__(f"{encoding}: line {line}, byte {byte}")
        self.encoding, self.line, self.byte, self.proven = encoding, line, byte, proven


def candidates(head: bytes) -> tuple[str, ...]:
    """The encodings to try, in this order, for a file that starts with `head`."""
    for mark, encoding in MARKS.items():
        if head.startswith(mark):
            return (encoding,)
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # ASCII commas, digits and line ends leave every second byte zero; a Chinese file has
    # fewer of them, but always on the same side. Three stray NUL characters prove nothing.
    enough = max(3, len(head) // 40)
    if odd > enough and even * 20 <= odd:
        return (UTF16_LE,)
    if even > enough and odd * 20 <= even:
        return (UTF16_BE,)
    return (UTF8, GB18030)
