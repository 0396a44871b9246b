"""Decisions from the command line reach the table, and come out as a gold set."""

import json

from briefing_lib.console import Exit
from briefing_lib.evaluation import evaluate
from briefing_lib.evaluation.gold import read_gold

DAY = "2020-06-24"


def table(run, collection):
    return json.loads(run("table", collection, "--as-of", DAY, "--format", "json").stdout)


def test_from_the_command_to_the_table_and_to_a_gold_set(run, collection, tmp_path):
    before = table(run, collection)["cases"]
    first, second, third = (case["id"] for case in before[:3])
    assert run("decide", collection, first, "confirm", "--why", "read it", "--by", "mira").exit_code == Exit.OK
    assert run("decide", collection, second, "reject", "--why", "no threat", "--by", "mira", "-q").stdout == ""
    words = ("--set", "status=withdrawn", "--why", "so", "--by", "jon", "--json")
    done = run("decide", collection, third, "correct", *words)
    assert json.loads(done.stdout)["fields"] == {"status": "withdrawn"}

    after = table(run, collection)
    cases = {case["id"]: case for case in after["cases"]}
    assert cases[first]["review"]["confirmed"]
    assert second not in cases
    assert [case["id"] for case in after["rejected"]] == [second]
    assert cases[third]["status"] == "withdrawn"
    assert cases[third]["review"]["overruled"][0]["machine"] == before[2]["status"]

    listed = run("decisions", collection, "--export", tmp_path / "gold")
    assert listed.exit_code == Exit.OK, listed.output
    assert [line.split()[0] for line in listed.stdout.splitlines()[1:]] == ["fit"] * 3
    gold = read_gold(tmp_path / "gold")
    assert len(gold.documents) == len(after["documents"])
    assert {threat.id for one in gold.documents for threat in one.threats} == {first, third}
    # The machine is wrong where the analysts overruled it, and nowhere else.
    card = evaluate(tmp_path / "gold")
    assert [one.right for one in card.stories.mismatches] == ["withdrawn"]
    assert card.documents.misses == ()
    assert [one.reason for one in card.documents.false_positives if "no threat" not in one.reason] == []


def test_what_no_longer_fits_ends_with_one_and_is_named_everywhere(run, collection):
    case = table(run, collection)["cases"][0]
    told = run("decide", collection, case["id"], "reject", "--why", "no", "--by", "mira").stdout
    assert told.startswith(f"{case['id']} as of {DAY}: reject by mira, in ")
    document = next(collection.glob(f"{case['threats'][0]['document']}.*"))
    document.write_text(document.read_text("utf-8").replace("Guam", "Saipan"), "utf-8")
    listed = run("decisions", collection)
    assert listed.exit_code == Exit.FAILED
    assert "not fit reject" in listed.stdout
    assert "1 of 1 decisions do not fit" in listed.stderr
    assert "decision that no longer fits: mira" in run("table", collection, "--as-of", DAY).stdout
    assert json.loads(run("decisions", collection, "--json").stdout)[0]["state"] == "not fit"


def test_what_cannot_be_is_refused_with_what_can(run, collection):
    assert run("decide", collection, "nobody", "confirm", "--why", "x").exit_code == Exit.USAGE
    assert run("decide", collection, "1", "correct", "--set", "status=done", "--why", "x").exit_code == Exit.USAGE
    assert run("decide", collection, "1", "correct", "--set", "status", "--why", "x").exit_code == Exit.USAGE
    assert "takes --why REASON" in run("decide", collection, "1", "confirm").stderr
    assert run("decide", "nowhere", "1", "confirm").exit_code == Exit.USAGE
    assert run("decisions", collection, "--export", collection).exit_code == Exit.USAGE
    assert not (collection / "decisions.toml").exists()
