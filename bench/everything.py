"""Whether the table of a collection is that of parsing every word of it."""

import sys
from datetime import date
from pathlib import Path

from briefing_lib.assessment import assess
from briefing_lib.models import Document
from briefing_lib.pipeline import extractor_for, kept_of
from briefing_lib.reading import iter_sources

if __name__ == "__main__":
    place, day = Path(sys.argv[1]), date.fromisoformat(sys.argv[2])
    rules = extractor_for(place, "rules")
    documents = [one for one in iter_sources(place) if isinstance(one, Document)]
    whole = assess([rules.extract(document) for document in documents], as_of=day)
    screened = assess([one.extraction for one in kept_of(documents, rules)], as_of=day)
    sys.stdout.write(f"{len(whole)} {whole == screened}\n")
