"""The names table as the tests of it read it: what is shown, and whom each text means."""

from __future__ import annotations

import json
from pathlib import Path

from knowledge import make_names
from knowledge.text import normalise

HERE = Path(make_names.__file__).parent
TABLE = json.loads((HERE / "names.json").read_text("utf-8"))
DISPLAY: dict[str, dict[str, str]] = TABLE["display"]
INDEX: dict[str, dict[str, list[str]]] = {
    kind: {text: codes.split() for text, codes in texts.items()}
    for kind, texts in TABLE["index"].items()
}
NAMING = ("everyday", "former", "name", "demonym", "city")
MEANT = {normalise(t): c for kind in NAMING for t, c in INDEX[kind].items()}
EXACT = {normalise(t): c for t, c in INDEX["exact"].items()}
