from __future__ import annotations

import pytest

from pipeline.events.places import find_places
from pipeline.events.places.gazetteer import load_gazetteer


def places_of(parser, text, **options):
    return {place.text: place for place in find_places(parser(text), **options)}


def test_a_capital_has_its_coordinates_and_country(parser):
    place = places_of(parser, "The ministers met in Hanoi.")["Hanoi"]
    assert (place.name, place.country_code, place.geonames_id) == ("Hanoi", "VNM", 1581130)
    assert (place.latitude, place.longitude) == pytest.approx((21.03, 105.85), abs=0.1)


def test_a_country_is_found_by_each_of_its_names(parser):
    found = places_of(parser, "Troops from the UK, Burma and the Czech Republic arrived.")
    assert {place.country_code for place in found.values()} == {"GBR", "MMR", "CZE"}


def test_the_capital_wins_over_namesakes(parser):
    assert places_of(parser, "Senators returned to Washington.")["Washington"].geonames_id == 4140963
    assert places_of(parser, "Trains left Paris at noon.")["Paris"].country_code == "FRA"


def test_the_region_beside_a_name_decides(parser):
    found = places_of(parser, "A storm hit Paris, Texas. Schools in Paris were closed.")
    assert found["Paris"].country_code == "USA"


def test_the_region_beside_a_name_outweighs_fame_and_the_rest_of_the_article(parser):
    found = places_of(parser, "British police flew from Manchester to London, Ontario, by way of Leeds.")
    assert found["London"].country_code == "CAN"


def test_a_town_unknown_in_the_region_beside_it_stays_without_coordinates(parser):
    place = places_of(parser, "A storm hit Vienna, Alaska.").get("Vienna")
    assert place is None or place.latitude is None


def test_the_articles_other_places_decide_between_namesakes(parser):
    lone = places_of(parser, "A fire broke out in Cordoba.")["Cordoba"]
    told = places_of(parser, "Spain is tense. Police in Madrid and Seville are alert. A fire broke out in Cordoba.")
    assert (lone.country_code, told["Cordoba"].country_code) == ("ARG", "ESP")


def test_the_hint_tips_the_balance(parser):
    text = "A fire broke out in Cordoba."
    assert places_of(parser, text, country_hint="ESP")["Cordoba"].country_code == "ESP"
    assert places_of(parser, text, country_hint="ARG")["Cordoba"].country_code == "ARG"


def test_nationality_words_are_places_only_on_demand(parser):
    text = "The Turkish army left."
    assert places_of(parser, text) == {}
    assert places_of(parser, text, nationality_words=True)["Turkish"].country_code == "TUR"


def test_seas_have_a_name_and_nothing_else(parser):
    place = places_of(parser, "Two frigates crossed the Black Sea.")["Black Sea"]
    assert (place.name, place.latitude, place.country_code) == ("Black Sea", None, None)


def test_initials_are_no_towns(parser):
    assert all(place.name != "Eu" for place in places_of(parser, "Leaders of the EU met. EU rules apply.").values())


def test_a_person_is_no_place(parser):
    assert "Paris" not in places_of(parser, "Actress Paris Monroe smiled.")


def test_every_country_has_one_capital_and_coordinates():
    gazetteer = load_gazetteer()
    assert len(gazetteer.countries) > 210
    assert all(-90 <= c.latitude <= 90 and -180 <= c.longitude <= 180 for c in gazetteer.countries.values())
    for code, capital in {"USA": "washington", "AUS": "canberra", "BRA": "brasilia", "KAZ": "astana"}.items():
        assert [e.country_code for e in gazetteer.entries(capital) if e.is_capital] == [code]
