"""Single sentences against their labels."""

from collections.abc import Sequence
from itertools import groupby

from briefing_lib.evaluation.documents import exact_quotes, to_false_positive
from briefing_lib.evaluation.figures import to_detection, to_figure
from briefing_lib.evaluation.gold import GoldSentence
from briefing_lib.evaluation.records import Detection, Miss, SentenceScore
from briefing_lib.extraction import Extraction

Judgement = tuple[GoldSentence, Extraction]


def score_sentences(judged: Sequence[Judgement]) -> SentenceScore:
    """Score sentences: a sentence is predicted to be a threat if at least one is found in it."""
    scored = [(gold, found) for gold, found in judged if gold.label in ("threat", "not")]
    clusters = [list(members) for _, members in groupby(sorted(scored, key=_cluster), key=_cluster)]
    intent = [bool(found.threats) for gold, found in judged if gold.label == "intent"]
    return SentenceScore(
        sentences=len(scored),
        clusters=len(clusters),
        by_sentence=_detection([[one] for one in scored]),
        by_cluster=_detection(clusters),
        intent=to_figure(intent, [1] * len(intent)),
        exact_quotes=exact_quotes([found for _, found in judged]),
        false_positives=tuple(
            to_false_positive(gold.document.id, threat, threat.passage, "the sentence is labelled as no threat")
            for gold, found in scored
            if gold.label == "not"
            for threat in found.threats[:1]
        ),
        misses=tuple(
            Miss(gold.document.id, "", gold.document.text, "", "no threat found in it")
            for gold, found in scored
            if gold.label == "threat" and not found.threats
        ),
    )


def _cluster(one: Judgement) -> tuple[str, str]:
    """Sort by cluster and label: the label is the cluster's, and a cluster with both would count as two."""
    return one[0].cluster, one[0].label


def _detection(groups: Sequence[Sequence[Judgement]]) -> Detection:
    """Count each group once; it is predicted to be a threat if at least half of its members are."""
    hits, false_positives, misses = [], [], []
    for group in groups:
        is_threat = group[0][0].label == "threat"
        is_predicted = 2 * sum(bool(found.threats) for _, found in group) >= len(group)
        hits.append(int(is_threat and is_predicted))
        false_positives.append(int(is_predicted and not is_threat))
        misses.append(int(is_threat and not is_predicted))
    return to_detection(hits, false_positives, misses)
