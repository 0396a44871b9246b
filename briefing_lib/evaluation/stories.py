"""The status of a threat from day to day, over the documents of a story."""

from collections.abc import Mapping, Sequence
from datetime import date

from briefing_lib.evaluation.documents import Assessor
from briefing_lib.evaluation.figures import to_figure
from briefing_lib.evaluation.gold import GoldStory, StatusPoint, StoryThreat
from briefing_lib.evaluation.matching import act_similarity, assign, hits, preference
from briefing_lib.evaluation.records import Figure, StatusMismatch, StoryScore
from briefing_lib.extraction import Extraction
from briefing_lib.models import Case, Status

Point = tuple[StoryThreat, StatusPoint, Case | None]


def score_stories(
    stories: Sequence[GoldStory], extractions: Mapping[str, Extraction], *, assessor: Assessor
) -> StoryScore:
    """Score each story as of each of its days, seeing only what was out by then; a case not found counts as wrong."""
    judged = [_judge(story, extractions, assessor=assessor) for story in stories]
    listed = [[point for point in points if point[1].listed] for points in judged]
    not_pending = [[point for point in points if point[1].statuses[0] is not Status.PENDING] for points in listed]
    return StoryScore(
        stories=len(stories),
        threats=sum(len(story.threats) for story in stories),
        found=to_figure(
            [sum(case is not None for _, _, case in points) for points in listed], [len(p) for p in listed]
        ),
        status=_accuracy(listed),
        status_not_pending=_accuracy(not_pending),
        status_each_day=_accuracy(judged),
        mismatches=tuple(
            _mismatch(story.id, *point)
            for story, points in zip(stories, judged, strict=True)
            for point in points
            if not _is_right(point)
        ),
    )


def _judge(story: GoldStory, extractions: Mapping[str, Extraction], *, assessor: Assessor) -> list[Point]:
    days = sorted({point.on.end for threat in story.threats for point in threat.points if point.on.end})
    found = [point for day in days for point in _judge_day(story, day, extractions, assessor=assessor)]
    return sorted(found, key=lambda point: point[0].id)


def _judge_day(
    story: GoldStory, day: date, extractions: Mapping[str, Extraction], *, assessor: Assessor
) -> list[Point]:
    """Pair the cases of one day with the story's threats that have a status then, one to one."""
    seen = [one for one in story.documents if one.published and one.published.end and one.published.end <= day]
    asked = [(threat, point) for threat in story.threats for point in threat.points if point.on.end == day]
    cases = assessor([extractions[document.id] for document in seen], as_of=day)
    # All threats compete for the cases, also those without a point on this day, so that none takes another's case.
    pairs = assign([[_weight(threat, case) for case in cases] for threat in story.threats])
    case_of = {story.threats[row].id: cases[column] for row, column in pairs.items()}
    return [(threat, point, case_of.get(threat.id)) for threat, point in asked]


def _weight(threat: StoryThreat, case: Case) -> float:
    quoted = hit = 0
    for document, quotes in threat.quotes:
        quoted += len(quotes)
        hit += hits((mention.passage for mention in case.threats if mention.passage.document.id == document), quotes)
    return preference(hit / quoted, act_similarity(case.act, threat.act)) if hit else 0.0


def _is_right(point: Point) -> bool:
    _, wanted, case = point
    return case is not None and case.status in wanted.statuses


def _accuracy(judged: Sequence[Sequence[Point]]) -> Figure:
    return to_figure([sum(map(_is_right, points)) for points in judged], [len(points) for points in judged])


def _mismatch(story: str, threat: StoryThreat, point: StatusPoint, case: Case | None) -> StatusMismatch:
    right = " or ".join(point.statuses)
    given = case.status.value if case else ""
    return StatusMismatch(story, threat.id, threat.act, str(point.on.end), right, given)
