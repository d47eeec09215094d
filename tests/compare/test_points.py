"""Claims: groups by their mean likeness, with the most central wording."""

from collections.abc import Callable

from reader.compare import compare
from reader.model import Article

Make = Callable[..., Article]


def test_a_chain_of_half_alike_sentences_is_not_one_point(report: Make) -> None:
    reports = [
        report("Rain closed the port of Lunden on Monday.", source="A"),
        report("The port of Lunden was closed by rain, and ferries to Orm were late.", source="B"),
        report("Ferries to Orm were late, and the mayor of Orm asked for patience.", source="C"),
        report("The mayor of Orm asked for patience and praised the new bakery.", source="D"),
    ]
    for claim in compare(reports).claims:
        assert len({member.article for member in claim.members}) < len(reports)


def test_a_sentence_that_packs_two_facts_belongs_to_two_points(report: Make) -> None:
    both = "The ferry Alma ran aground off Orm on Monday, and the harbour master resigned."
    one = report(both, source="A")
    two = report("The ferry Alma ran aground off Orm on Monday.", source="B")
    three = report("The harbour master resigned.", source="C")
    claims = compare([one, two, three]).claims
    texts = [{member.article for member in claim.members} for claim in claims]
    assert {one.id, two.id} in texts
    assert {one.id, three.id} in texts
    assert not any({two.id, three.id} <= ids for ids in texts)


def test_the_wording_nearest_to_all_others_stands_for_the_claim(report: Make) -> None:
    one = report("The old bridge of Lunden fell into the river on Monday.", "A lorry was on it.")
    two = report(
        "The old bridge of Lunden fell on Monday into the river, as fishermen saw.",
        "They had come home early with a good catch of herring and cod.",
        source="B",
    )
    three = report(
        "The river took the old bridge of Lunden, which fell after rain.",
        "It was the worst weather that the valley has known for years.",
        source="C",
    )
    (claim,) = compare([three, two, one]).claims
    assert claim.text == "The old bridge of Lunden fell into the river on Monday."
    assert claim.sources == 3
    assert all(0 < member.score <= 1 for member in claim.members)


def test_two_reports_of_one_outlet_are_one_voice(report: Make) -> None:
    words = "The old bridge of Lunden fell into the river on Monday."
    one = report(words, "A boat was hit.", title="First")
    two = report(words, "The road is closed, and trucks have to take the ferry.", title="Second")
    (claim,) = compare([one, two]).claims
    assert claim.sources == 1


def test_a_sentence_that_both_reports_have_is_not_only_here(report: Make) -> None:
    said = "The director Paul Hardy regrets the crash of the actress on the set."
    one = report(said, "“And it wasn’t.”")
    two = report(said, '"And it wasn\'t."', "Nobody else was hurt in the studio.", source="B")
    texts = [
        sentence.text
        for only in compare([one, two]).only
        for article in compare([one, two]).articles
        for sentence in article.sentences
        if (article.id, sentence.index) == (only.article, only.sentence)
    ]
    assert texts == ["Nobody else was hurt in the studio."]


def test_a_difference_is_asked_in_the_words_of_a_report(report: Make) -> None:
    one = report("The mayor, James Rowland, put the damage at $300,000 after the fire.")
    two = report("The mayor, James Rowland, put the damage at $800,000 after the fire.", source="B")
    (difference,) = compare([one, two]).differences
    assert difference.topic == "how many: put the damage at …"
