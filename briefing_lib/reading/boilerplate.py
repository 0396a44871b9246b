"""What stands in a document's text and says nothing of its subject: captions, prompts, copyright lines, sign-offs."""

import re
from collections.abc import Sequence
from itertools import pairwise

from briefing_lib.models import PassageKind, Span
from briefing_lib.reading.blocks import ends_sentence, split_blocks

# Longer blocks are prose: they are searched for a sign-off or a credit at their end, never marked whole.
_LONGEST_FURNITURE = 400
_LONGEST_HEADLINE = 200
_MOST_WORDS_OF_A_LABEL = 4

_CREDIT = (
    r"\((?:[^()\n]{0,60}\b)?(?:photo(?:s|graph|grapher|graphers)?|image|picture|pic)\b(?: (?:by|credit|courtesy)\b)?"
    r"(?:[:/,][^()\n]{0,120}|)\)|\([^()\n]{1,60}/[^()\n]{0,40}\b(?:images|pool|photo)\b[^()\n]{0,30}\)"
)
_CAPTIONS = (
    r"file(?: photo| image| picture|) ?[-–—:] .{0,400}",
    r"\(?(?:photo|image|picture|photograph|caption|video|graphic|illustration)s?(?: credits?|)"
    r"(?: by\b| courtesy of\b|:).{0,400}",
    rf".{{0,400}}{_CREDIT}\.?",
)
_PROMPTS = (
    r"add .{1,60} to (?:your )?home ?screen",
    r"(?:\S{1,20} ){0,2}(?:install|download)(?: now| app| the app| our app|)",
    r"(?:download|get|install|try) (?:our|the|your) .{0,40}\bapps?(?: now| today| here| (?:for|on) .{1,30}|)",
    r"(?:subscribe|sign up|register|log in|sign in)(?: now| today| here| for free|)",
    r"(?:subscribe|sign up|register|log in|sign in) (?:to|for|with) .{0,100}"
    r"(?:newsletter|update|alert|account|e-?mail|continue|comment|access|channel|podcast)s?\b.{0,30}",
    r"(?:get|receive) .{1,80} (?:in|to) your (?:inbox|e-?mail).{0,40}",
    r"(?:read|learn|see|view|show|load) (?:more|next|also|all|less)(?: ?[:>»].{0,200}| stories| on this story|)",
    r"(?:related|see also|also read|recommended|most (?:read|popular)|trending|more from .{1,40}|up next|"
    r"editors?[’']? picks?|more (?:on this story|stories)|you (?:may|might) also (?:like|be interested in.{0,40}))"
    r"(?: stories| articles| topics| content| reading| for you| now|)(?: ?:.{0,200}|)",
    r"(?:share|tweet|print|e-?mail|save|bookmark|like|follow)(?: this| us| article| story| page| post| on| via| with|"
    r" friends| facebook| twitter| x| linkedin| whatsapp| telegram| and|,){0,8}",
    r"(?:leave a |post a |view |show |\d{1,5} |)comments?",
    r"(?:advertise?ment|ad|sponsored(?: content)?|promoted|paid post)(?: feedback|)",
    r"(?:article|story) continues(?: below)?(?: (?:this )?advertisement|)",
    r"copy (?:link|url)|link copied|back to top|skip to .{1,30}|loading|close|menu|search|play video|watch now",
    r"listen to (?:this|the) (?:article|story).{0,40}|click here (?:to|for) .{1,120}",
    r"(?:terms (?:of (?:use|service)|and conditions)|privacy (?:policy|notice)|cookie (?:policy|settings)|"
    r"contact us|about us)",
    r"(?:\d{1,3} min(?:ute)?s? read|reading time:? .{1,20}|(?:last )?updated(?: at| on|:) [^.]{0,40}\d[^.]{0,10})",
)
_NOTICES = (
    r"(?:we|this (?:web)?site|our (?:web)?sites?|by (?:continuing|using|clicking)).{0,300}\bcookies\b.{0,300}",
    r"(?:accept|reject|manage|allow) (?:all )?cookies.{0,60}",
    r"(?:©|\(c\) ?(?=\d)|copyright ?(?:©|\(c\)|(?:by )?\d{4})).{0,300}",
    r"copyright (?:\S{1,30} ){1,5}\d{4}",
    r".{0,200}\ball rights reserved\b.{0,200}",
    r"this (?:article|story|material|content) (?:may not|must not|cannot) be .{0,300}",
)
_FURNITURE = re.compile("|".join((*_CAPTIONS, *_PROMPTS, *_NOTICES)), re.IGNORECASE | re.DOTALL)
# Signs by which agencies and typists end a story; a credit at the end of prose.
_SIGN_OFF = re.compile(r"(?:-0-|-30-|\(END\)|\(ends?\)|[-–—] ?ENDS? ?[-–—]|#{3})\s{0,5}\Z")
_LAST_CREDIT = re.compile(rf"(?:{_CREDIT})\.?\Z", re.IGNORECASE)
_LONGEST_ENDING = 160
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
_PUNCTUATION = re.compile(r"[.,;:!?()\"“”…]")


def find_boilerplate(text: str, *, title: str = "", markdown: bool = False) -> tuple[Span, ...]:
    """Return the spans of a text that never become evidence, in order, none overlapping another.

    Captions and credits, prompts of web pages and apps, cookie and copyright notices, sign-offs of agencies, and a
    headline that is repeated after the first line. The rules are general, and judge a block by its whole wording: a
    sentence that merely holds such a word is left alone. A paragraph longer than 400 characters is never marked
    whole.
    """
    blocks = split_blocks(text, markdown=markdown)
    whole = _whole_blocks(text, blocks, title)
    spans: list[Span] = []
    for position, (start, end) in enumerate(blocks):
        if position in whole:
            spans.append(Span(start, end, PassageKind.BOILERPLATE))
        elif (length := _ending(text[max(start, end - _LONGEST_ENDING) : end])) > 0:
            spans.append(Span(end - length, end, PassageKind.BOILERPLATE))
    return tuple(spans)


def find_headline(text: str, blocks: Sequence[tuple[int, int]], *, title: str) -> int | None:
    """Return the position of the block that is the headline, or None.

    It is the first block that equals the title; where none does, the first block of all if it is one short line that
    does not end as a sentence, with more text to follow.
    """
    wanted = _wording(title)
    for position, (start, end) in enumerate(blocks):
        if wanted and end - start <= len(title) + 50 and _wording(text[start:end]) == wanted:
            return position
    return 0 if len(blocks) > 1 and _looks_like_headline(text[slice(*blocks[0])]) else None


def _looks_like_headline(block: str) -> bool:
    if len(block) > _LONGEST_HEADLINE or "\n" in block or _is_furniture(block):
        return False
    return not ends_sentence(block) and block[-1:] not in {":", ";", ",", "-", "–", "—", "”", '"'}


def _whole_blocks(text: str, blocks: Sequence[tuple[int, int]], title: str) -> frozenset[int]:
    """Return the positions of the blocks that are boilerplate from end to end."""
    headline = find_headline(text, blocks, title=title)
    heads = {_wording(title), _wording(text[slice(*blocks[headline])]) if headline is not None else ""} - {""}
    marked = set()
    for position, (start, end) in enumerate(blocks):
        block = text[start:end] if end - start <= _LONGEST_FURNITURE else ""
        if block and position != headline and (_wording(block) in heads or _is_furniture(block)):
            marked.add(position)
    return frozenset(marked | _labels_between(text, blocks, marked))


def _is_furniture(block: str) -> bool:
    return _FURNITURE.fullmatch(block.rstrip(" .!>»…")) is not None or _FURNITURE.fullmatch(block) is not None


def _labels_between(text: str, blocks: Sequence[tuple[int, int]], marked: set[int]) -> set[int]:
    """Return bare labels (a site's name, a button) that stand between two blocks of boilerplate or after the last."""
    edges = sorted(marked)
    runs = [range(first + 1, last) for first, last in pairwise(edges) if last - first <= 3]
    if edges:
        runs.append(range(edges[-1] + 1, len(blocks)))
    return {p for run in runs if all(_is_label(text[slice(*blocks[p])]) for p in run) for p in run}


def _is_label(block: str) -> bool:
    return len(block) <= 60 and len(block.split()) <= _MOST_WORDS_OF_A_LABEL and not _PUNCTUATION.search(block)


def _ending(tail: str) -> int:
    """Return how many characters at the end of a block are a sign-off or a credit."""
    match = _SIGN_OFF.search(tail) or _LAST_CREDIT.search(tail)
    return len(tail) - match.start() if match else 0


def _wording(block: str) -> str:
    """Return a headline's words without what typesetting changes: case, spacing, quotes, a heading's mark."""
    return " ".join(block.translate(_QUOTES).casefold().lstrip("# ").split())
