"""Which names count as one actor, each with its near misses."""

import pytest
from factories import an_actor

from briefing_lib.evaluation.actors import is_same_actor, is_same_name

SAME = [
    ("Iran", "Iran"),
    ("the United States", "United States"),
    ("South Korea (ROK)", "South Korea"),
    ("South Korea (ROK)", "ROK"),
    ("US and Canada", "United States"),
    ("US and Canada", "Canada"),
    ("Chad / African Union", "African Union"),
    ("France, Spain", "Spain"),
    ("Bosnia and Herzegovina", "Bosnia"),
    ("Britain", "United Kingdom"),
    ("Edmond Genêt (France)", "Edmond Genet"),
    ("Edmond Genêt (France)", "France"),
    ("United States president", "United States"),
    ("Peru", "government of Peru"),
    ("Peru", "the Peruvian army"),
    ("Peru's foreign ministry", "Peru"),
    ("Myanmar junta", "the Burmese junta"),
    ("Ana Pérez", "President Ana Pérez"),
    ("Ana Pérez", "Pérez"),
    ("rebel groups", "rebels"),
    ("pro-democracy protesters", "protesters"),
    ("protesters for the mayor", "protesters"),
    ("Peru's opposition parties", "opposition parties"),
    ("US Congress", "Congress"),
    ("members of the cartel", "cartel members"),
    ("UN inspectors / parties to the deal", "United Nations"),
    ("dockworkers’ union", "the dockworkers"),
]

OTHER = [
    ("South Korea", "Korea"),
    ("South Korea (ROK)", "North Korea"),
    ("South Sudan", "Sudan"),
    ("Guinea-Bissau", "Guinea"),
    ("US Congress", "United States"),
    ("Peru's opposition parties", "Peru"),
    ("Peru", "Peruvian lawmakers"),
    ("Peru", "Peruvian fishermen"),
    ("Georgia (US state)", "United States"),
    ("Kim Yo Jong", "Kim Jong Un"),
    ("Ana Pérez", "Ana"),
    ("pro-democracy protesters", "pro-government protesters"),
    ("rebel groups", "aid groups"),
    ("fishing companies", "fishing villages"),
    ("Chad / African Union", "Union"),
    ("Peru's police", "Chile"),
    ("Peru's police", "Peruvian fishermen"),
    ("General Motors", "Ford Motors"),
    ("United Nations", "United States"),
]


@pytest.mark.parametrize(("gold", "predicted"), SAME)
def test_one_actor_under_two_names(gold, predicted):
    """Alternatives, executives and descriptions count."""
    assert is_same_name(gold, predicted)


@pytest.mark.parametrize(("gold", "predicted"), OTHER)
def test_two_actors_with_something_in_common(gold, predicted):
    """A shared word is not enough."""
    assert not is_same_name(gold, predicted)


def test_what_the_text_says_counts_beside_the_canonical_name():
    """An actor is right by its surface too."""
    assert is_same_actor("rebel groups", an_actor("Free Peru Front", surface="the rebels"))
    assert not is_same_actor("rebel groups", an_actor("Free Peru Front", surface="the front"))


def test_a_person_counts_for_his_state_where_the_prediction_says_so():
    """Without it a speaker is not told apart from a sender."""
    assert is_same_actor("Peru", an_actor("Ana Pérez", home="Peru"), speaker="Ana Pérez")
    assert not is_same_actor("Peru", an_actor("Ana Pérez"), speaker="Ana Pérez")
    assert not is_same_actor("Peru", an_actor("Ana Pérez", home="Chile"), speaker="Ana Pérez")


def test_a_state_counts_for_a_person_where_he_is_its_speaker():
    """The gold names a person as the sender, and the prediction has the same person speak for a state."""
    assert is_same_actor("Ana Pérez", an_actor("Peru"), utterer="Pérez")
    assert not is_same_actor("Ana Pérez", an_actor("Peru"), utterer="Luis Soto")
    assert not is_same_actor("Ana Pérez", an_actor("Peru"))


def test_no_target_is_right_only_where_the_gold_has_none():
    """Nobody and somebody differ."""
    assert is_same_actor("", None)
    assert not is_same_actor("", an_actor("Peru"))
    assert not is_same_actor("Peru", None)
