"""Names completed by those just spoken of: "north", after Korea."""

from __future__ import annotations

from bot.matching.lexicon import Lexicon
from bot.matching.reading import Mention, Reading
from knowledge.text import normalise

_LONGEST = 10  # words; a longer message names whom it means


def completed(reading: Reading, names: tuple[str, ...], lexicon: Lexicon) -> Reading:
    """A reading whose words complete the name of somebody just spoken of.

    After Korea, "north" is North Korea; after Guinea, "the Bissau one" is Guinea-Bissau.
    """
    typed = normalise(reading.text).split()
    if len(typed) > _LONGEST or reading.groups:
        return reading
    for i, word in enumerate(typed):
        if i and typed[i - 1] == "not":
            continue  # "not north, south"
        own = lexicon.found(word)
        if own and own.term:  # "AEO" asks for the term, not for the program "AEO Korea"
            continue
        for name in names:
            for phrase in (f"{word} {name}", f"{name} {word}", f"{word} {name.split()[-1]}"):
                entry = lexicon.found(phrase)
                if entry and entry.who and entry.who.how == "name" and (word not in lexicon.filler):
                    mention = Mention(entry.who.codes, "name", word, i, i + 1)
                    unknown = tuple(u for u in reading.unknown if normalise(u) != word)
                    topic = "" if reading.topic == "off_topic" else reading.topic
                    return reading._replace(mentions=(mention,), unknown=unknown, topic=topic)
    return reading
