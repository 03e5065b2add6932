"""What in a message speaks for the subject: trusted traders, their recognition, and trade."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching.lexicon import Lexicon
from bot.matching.spotting import Spotted

SURE = 2.0  # a single feature that speaks for the subject by itself
ENOUGH = 3.0  # evidence that outweighs any number of unknown words
BARE = 2  # words beside a name that leave it standing alone
BRIEF = 7  # words; in a thread about arrangements so short a message goes on about them
_CUSTOMS = 2.5  # the word "customs" alone: also of duties, delays and brokers


def evidence(spotted: Spotted, lexicon: Lexicon, timed: bool) -> tuple[float, float]:
    """How much in a message speaks for the subject: the sum of its features, and the strongest."""
    weights, features = lexicon.weights, spotted.features
    weighed = [weights[f] for f in features if f in weights]
    if "aeo" in features and features["aeo"] == features.get("customs"):
        weighed.remove(weights["aeo"])
        weighed.append(_CUSTOMS)
    if timed:
        weighed.append(1.0)
    return (sum(weighed), max(weighed)) if weighed else (0.0, 0.0)


def asks(spotted: Spotted, text: str) -> bool:
    """Whether a message asks: by its mark, or by a word of asking that opens it or a clause."""
    if "?" in text or "\uff1f" in text or "\u061f" in text or "wondering" in spotted.features:
        return True
    before, last = spotted.words.before, len(spotted.words) - 1
    if last in spotted.features.get("when", ()):
        return True  # "korea signed when"
    return any(not at or before[at].strip() for at in spotted.features.get("ask", ()))


def trusted(spotted: Spotted) -> bool:
    """Whether trusted traders or CTPAT are spoken of, and not only customs or CBP."""
    norm, customs = spotted.words.norm, spotted.features.get("customs", ())
    return any(norm[at] != "cbp" and at not in customs for at in spotted.features.get("aeo", ()))


def by_a_body(spotted: Spotted) -> bool:
    """Whether somebody is named by a program or an administration."""
    return any(s.who and s.who.how in ("program", "agency") for s in spotted.spans)


OF_RECOGNITION = ("mra", "aeo", "cover", "sign", "signatory")  # asks of it whatever is beside
# With one of these, words that nothing is known of may belong to a question about arrangements.
_OF_ARRANGEMENTS = (
    *OF_RECOGNITION, "program", "agency", "note", "deal", "benefit", "claim", "claiming", "join",
    "wco", "tag",
)  # fmt: skip


def of_arrangements(spotted: Spotted) -> bool:
    """Whether a word speaks of arrangements; that customs or CBP is named does not."""
    shown = [f for f in _OF_ARRANGEMENTS if f in spotted.features]
    if shown == ["aeo"] and not trusted(spotted):
        return spotted.has("list", "dateword", "state")
    return bool(shown)


def asks_of_recognition(spotted: Spotted) -> bool:
    """Whether recognition is asked of; that CBP is named does not say so by itself."""
    if "aeo" in spotted.features and not trusted(spotted):
        return spotted.has("mra", "cover", "sign", "signatory", *_OF_CBP_TOO)
    return spotted.has(*OF_RECOGNITION)


_OF_CBP_TOO = ("list", "first", "last", "earlier", "later", "agency", "nameq", "deal")


def beyond_trade(spotted: Spotted) -> bool:
    """Whether more than trade is spoken of: what recognition is asked about."""
    named = any(s.who and s.who.how in ("program", "agency") for s in spotted.spans)
    telling = (spotted.features.keys() & TELLING) - _NEAR_BY
    return bool(telling) or named or spotted.has(*ATTRIBUTES, *_BESIDE)


ATTRIBUTES = ("nameq", "when", "dateword", "agency", "signatory", "tag")
_BESIDE = (
    "hedge", "join", "detail", "compare", "first", "last", "earlier", "later", "ordinal", "list",
)  # fmt: skip


def near(spotted: Spotted) -> bool:
    """Whether a message speaks of trade at most: of suppliers and cargo, not of recognition."""
    telling = spotted.features.keys() & TELLING
    if "aeo" in telling and spotted.features["aeo"] == spotted.features.get("customs"):
        telling = telling - {"aeo"}
    return bool(telling) and telling <= _NEAR_BY


TELLING = frozenset(
    ("mra", "deal", "sign", "status", "cover", "domain", "join", "operate", "detail", "benefit",
     "eligible", "claim", "note", "agency", "program", "party", "plural", "aeo", "signatory",
     "customs")
)  # fmt: skip
_NEAR_BY = {"party", "domain", "customs", "join", "detail", "plural"}


def of_the_field(spotted: Spotted, against: float) -> bool:
    """Whether a message has a word of the field; a plain "deal" is none.

    `against`: the weight of its unknown words; where it is small, words will do that are
    used elsewhere too.
    """
    features = spotted.features
    if spotted.has(*CORE) or ("mra" in features and features["mra"] != features.get("deal")):
        return True
    if any(s.who and s.who.how in ("program", "agency", "shared") for s in spotted.spans):
        return True
    return against <= RARE and spotted.has(*_NEAR)


CORE = ("aeo", "domain", "customs", "program", "wco", "note", "party")
_NEAR = ("operate", "join", "cover", "plural")  # words of the field, and of many others


def weight_of_unknown(spotted: Spotted, lexicon: Lexicon) -> float:
    """The weight of the words nothing is known of; a proper noun says as much as a rare word.

    Letters in capitals that are nobody's here are another scheme's, whose subject it is.
    """
    ordinary = lexicon.typos.ordinary
    norm = spotted.words.norm
    raw = spotted.words.raw
    weight = 0.0
    for i in spotted.unknown:
        if len(raw[i]) >= _LETTERS and raw[i].isupper() and not shouted(raw):
            weight += _SCHEME
        elif norm[i] in ordinary and not proper(i, spotted, lexicon):
            weight += _PLAIN
        else:
            weight += RARE
    return weight


RARE, _PLAIN = 1.5, 0.75  # an ordinary word says little, a rare one much
_SCHEME = 3.0  # the letters of a scheme, an agency or a system that is not of the field
_LETTERS = 3  # of such an abbreviation; two are a code or an initial


def proper(i: int, spotted: Spotted, lexicon: Lexicon) -> bool:
    """A proper noun: capitalised inside a sentence. It names somebody or something unknown."""
    raw = spotted.words.raw[i]
    if not i or not (raw[0].isupper() and raw[1:].islower()):
        return False
    if spotted.words.norm[i] in lexicon.states:
        return False
    return not any(mark in ".?!:\n" for mark in spotted.words.before[i].strip(" "))


def shouted(raw: Sequence[str]) -> bool:
    """Whether all of a message is in capitals, which then tell nothing."""
    return not any(letter.islower() for word in raw for letter in word)
