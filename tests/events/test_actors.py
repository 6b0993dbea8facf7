from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.events.actors import describe_actor, find_actors, resolve_reference
from pipeline.events.actors.lexicon import load_actor_lexicon

DESCRIBED = [
    ("Riot police dispersed the crowd.", "Riot police", None, "COP"),
    ("The opposition lawmakers walked out.", "The opposition lawmakers", None, "OPP"),
    ("The rebel commanders fled.", "The rebel commanders", None, "REB"),
    ("The dissident judges left.", "The dissident judges", None, "OPP"),
    ("Kurdish rebels in Syria fired.", "Kurdish rebels in Syria", "SYR", "REB"),
    ("The workers' union called a strike.", "The workers' union", None, "LAB"),
    ("A Swiss court fined him.", "A Swiss court", "CHE", "JUD"),
    ("Israeli troops withdrew.", "Israeli troops", "ISR", "MIL"),
    ("The American ambassador to Kenya left.", "The American ambassador to Kenya", "USA", "GOV"),
    ("The president of France spoke.", "The president of France", "FRA", "GOV"),
    ("The head of the army resigned.", "The head of the army", None, "MIL"),
    ("A union leader was jailed.", "A union leader", None, "LAB"),
    ("Hundreds of students marched.", "Hundreds of students", None, "EDU"),
    ("Taliban fighters fled.", "Taliban fighters", "AFG", "REB"),
    ("The United Nations agreed.", "The United Nations", None, "IGO"),
    ("NATO agreed.", "NATO", None, "IGO"),
    ("Human Rights Watch protested.", "Human Rights Watch", None, "NGO"),
    ("The Kremlin refused.", "The Kremlin", "RUS", "GOV"),
    ("Hanoi and Seoul agreed.", "Hanoi", "VNM", "GOV"),
    ("Kazakhstan refused.", "Kazakhstan", "KAZ", None),
    ("The Polish parliament voted.", "The Polish parliament", "POL", "LEG"),
    ("A mining company sued.", "A mining company", None, "BUS"),
    ("The river rose.", "The river", None, None),
]


@pytest.mark.parametrize(("sentence", "words", "country_code", "sector"), DESCRIBED)
def test_a_phrase_tells_country_and_sector(parser, sentence, words, country_code, sector):
    start = sentence.index(words)
    actor = describe_actor(parser(sentence), start, start + len(words))
    assert (actor.text, actor.country_code, actor.sector) == (words, country_code, sector)


ARTICLE = (
    "Norwegian President Erik Solberg met Li Wen, the Chinese foreign minister, in Oslo. "
    "Solberg praised the talks. He said the two sides would meet again. "
    "The Norwegian leader then flew home. Li said nothing."
)


def test_short_names_inherit_from_the_first_full_mention(parser):
    doc = parser(ARTICLE)
    start = ARTICLE.index("Solberg praised")
    actor = describe_actor(doc, start, start + len("Solberg"))
    assert (actor.name, actor.country_code, actor.sector) == ("Erik Solberg", "NOR", "GOV")


def test_an_office_stands_for_its_only_holder(parser):
    doc = parser(ARTICLE)
    start = ARTICLE.index("The Norwegian leader")
    assert describe_actor(doc, start, start + len("The Norwegian leader")).name == "Erik Solberg"


def test_a_pronoun_stands_for_the_nearest_fitting_subject(parser):
    doc = parser(ARTICLE)
    pronoun = next(token for token in doc if token.text == "He")
    actor = resolve_reference(doc, pronoun)
    assert actor is not None
    assert (actor.text, actor.name, actor.country_code) == ("Solberg", "Erik Solberg", "NOR")


def test_they_are_many_and_it_is_one(parser):
    doc = parser("Minister Ann Blake warned the rebels. They withdrew. Bolivia protested. It recalled its envoy.")
    they, it = (next(token for token in doc if token.text == word) for word in ("They", "It"))
    assert resolve_reference(doc, they).text == "rebels"
    assert resolve_reference(doc, it).text == "Bolivia"


def test_a_relative_word_stands_for_the_noun_before(parser):
    doc = parser("The rebels who attacked the village fled.")
    who = next(token for token in doc if token.text == "who")
    assert resolve_reference(doc, who).sector == "REB"


def test_a_pronoun_without_a_referent_has_none(parser):
    doc = parser("It rains. I know you.")
    assert [resolve_reference(doc, token) for token in doc if token.pos_ == "PRON"] == [None, None, None]


def test_a_country_as_a_scene_is_no_actor(parser):
    assert [actor.text for actor in find_actors(parser("Police fired at students in Peru."))] == ["Police", "students"]


def test_actors_do_not_overlap(parser):
    found = find_actors(parser(ARTICLE))
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (5, 9), (0, 10_000), (84, 85)])
def test_any_span_can_be_described(parser, start, end):
    actor = describe_actor(parser(ARTICLE), start, end)
    assert actor.text == ARTICLE[start:end]


def test_every_sector_of_the_word_lists_is_plovers():
    known = set("GOV MIL COP LEG JUD OPP REB BUS MED EDU HLH REL CVL LAB NGO IGO SPY PTY CRM UAF ELI AGR REF".split())  # noqa: SIM905  one word each
    lexicon = load_actor_lexicon()
    used = {*lexicon.roles.values(), *lexicon.overriding.values(), *lexicon.fields.values()}
    used |= {organisation.sector for organisation in lexicon.organisations.values()}
    assert used | {sector for sector in lexicon.general.values() if sector} <= known


@pytest.mark.parametrize(
    ("sentence", "words", "country_code"),
    [
        ("Burkina Faso promised Niger the use of two aircraft.", "Niger", "NER"),
        ("Ivory Coast urged Mali to station troops in its southern villages on Friday.", "Mali", "MLI"),
    ],
)
def test_a_country_that_looks_like_a_person_is_a_country(parser, sentence, words, country_code):
    start = sentence.index(words)
    assert describe_actor(parser(sentence), start, start + len(words)).country_code == country_code


def test_an_apposition_names_the_person_behind_an_office(parser):
    text = "The minister met her Polish counterpart, Jan Wolski, in Gdansk."
    for words in ("her Polish counterpart, Jan Wolski", "her Polish counterpart"):
        start = text.index(words)
        actor = describe_actor(parser(text), start, start + len(words))
        assert (actor.name, actor.country_code, actor.sector) == ("Jan Wolski", "POL", "GOV")
