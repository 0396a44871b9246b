"""What is compared with: spaCy's own pipeline over the same text, with the same model and as many processes."""

import sys
import time

from briefing_lib.extraction.parsing import model_package
from briefing_lib.models import Document
from briefing_lib.reading import iter_sources

if __name__ == "__main__":
    place, processes = sys.argv[1], int(sys.argv[2])
    started = time.perf_counter()
    parser = model_package().load()
    texts = [document.text for document in iter_sources(place) if isinstance(document, Document)]
    many = sum(1 for _ in parser.pipe(texts, n_process=processes, batch_size=64))
    sys.stdout.write(f"{many / (time.perf_counter() - started)}\n")
