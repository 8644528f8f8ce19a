"""A text in; its links and addresses out, and the host of one."""

import re

#: Endings that stand for a domain when no scheme does. `Co.` and `node.js` are none.
_TLDS = ("com|net|org|io|co|ai|app|dev|example|test|de|fr|es|pt|br|mx|ar|cl|pe|uy|eu|ch|at|info|biz|me|tech|cloud|site|online|shop|store|xyz|ly|gl|"
         "link|page|us|ca|au|nz|in|it|nl|be|lu|ie|uk|dk|se|no|fi|pl|cz|cat|gal|tv|fm|so|sh|gg|cc|blog|news|live|pro|agency|software|systems|"
         "solutions|digital|studio|design|global|group|work|works|zone|world|today|email|to|la|im|is|int|edu|gov|ru|cn|jp|kr|tr|za|ng|ke|sg|hk|click|top")  # fmt: skip
LINK = re.compile(
    r"(?P<scheme>(?:https?|ftp|hxxps?)://[^\s<>\"“”«»]{1,400}|www\.[^\s<>\"“”«»]{3,300})"
    rf"|(?<![\w@.\-])(?P<bare>(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?\.){{1,4}}(?:{_TLDS})(?P<path>(?::\d{{2,5}})?/[^\s<>\"“”«»]{{0,200}})?)(?![\w@])"
    r"|(?P<spelled>\b[\w-]{2,40} (?:\(dot\)|\[dot\]|dot) (?:com|net|org|io|co|de|fr|es|example)\b)", re.I)  # fmt: skip
#: What every link has: a dot within a word, a scheme, or a dot in letters.
_MAY_HOLD_LINK = re.compile(r"[^\W_]\.[^\W\d_]|://|[ \[(]dot[ \])]", re.I)
EMAIL = re.compile(r"(?<![\w.])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")


def links(text: str) -> list[tuple[int, int, bool]]:
    """Return the links of a text: start, end, and whether one is only a bare domain without a path."""
    found = []
    if not _MAY_HOLD_LINK.search(text):
        return []
    for match in LINK.finditer(text):
        end = match.end()
        while text[end - 1] in ".,;:!?)'\"”»]":
            end -= 1
        bare = bool(match["bare"]) and not match["path"]
        if bare and match["bare"][-3:].istitle() and " " in text[end : end + 1]:
            continue  # `weiter.So` or `fim.Obrigado`: a missing space, no domain
        found.append((match.start(), end, bare))
    return found


def host_of(address: str) -> str:
    """Return the host of a link without `www.`."""
    rest = address.partition("://")[2] or address
    rest = rest.split("/")[0].split("?")[0].rpartition("@")[2].split(":")[0]
    return rest.lower().removeprefix("www.")
