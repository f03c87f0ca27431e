"""Strong references in a text: what two records of the same work name alike (issue keys, commits, addresses)."""

import re

MOST = 50
_LONGEST_TEXT = 50_000
_KEY = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-[1-9]\d{0,6}\b")
_NUMBER = re.compile(r"(?<!\w)#[1-9]\d{0,6}\b")
_SHA = re.compile(r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b")
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'\\^`{|}]{4,500}")
_NO_KEYS = frozenset({"UTF", "ISO", "RFC", "COVID", "SHA", "MD", "IEC", "DIN", "EN", "CVE", "GPT", "AES", "UTC", "GMT"})
#: One room holds a hundred different meetings: its address links nothing.
_ROOMS = re.compile(
    r"https?://([\w-]+\.)*(zoom\.us|teams\.(microsoft|live)\.com|meet\.google\.com|webex\.com|whereby\.com|"
    r"gotomeeting\.com|goto\.com|jit\.si|bluejeans\.com|skype\.com|chime\.aws|aka\.ms|tel\.meet)\b",
    re.IGNORECASE,
)


def references_in(text: str, *, within: str = "") -> tuple[str, ...]:
    """Return the references in a text, at most MOST. A bare number such as #12 counts only `within` something named."""
    text = text[:_LONGEST_TEXT]
    addresses = [each.rstrip(".,;:!?)]") for each in _ADDRESS.findall(text)]
    plain = _ADDRESS.sub(" ", text)
    keys = [each for each in _KEY.findall(plain) if each.partition("-")[0] not in _NO_KEYS]
    numbers = [within + each for each in _NUMBER.findall(plain)] if within else []
    found = [*keys, *numbers, *_SHA.findall(plain), *(each for each in addresses if not _ROOMS.match(each))]
    return tuple(dict.fromkeys(found))[:MOST]
