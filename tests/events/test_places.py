from __future__ import annotations

import pytest

from pipeline.events.coder import code_text
from pipeline.events.places import find_places, find_places_and_nationalities
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


def test_a_town_unknown_in_the_region_beside_it_lies_in_that_region(parser):
    place = places_of(parser, "A storm hit Vienna, Alaska. Schools in Vienna closed.")["Vienna"]
    assert (place.name, place.country_code, place.region_code) == ("Alaska", "USA", "US-AK")


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


def test_seas_have_a_point_and_no_country(parser):
    place = places_of(parser, "Two frigates crossed the Black Sea.")["Black Sea"]
    assert (place.name, place.country_code, place.region) == ("Black Sea", None, None)
    assert (place.latitude, place.longitude) == pytest.approx((43.5, 34), abs=2)


def test_a_place_has_its_first_level_region(parser):
    found = places_of(parser, "Crews drove from Lyon in France to Munich in Bavaria and on to Kharkiv.")
    assert {text: place.region_code for text, place in found.items()} == {
        "Lyon": "FR-ARA",
        "France": None,
        "Munich": "DE-BY",
        "Bavaria": "DE-BY",
        "Kharkiv": "UA-63",
    }
    assert found["Munich"].region == "Bavaria"


def test_a_region_that_no_table_of_ours_lists_comes_from_geonames(parser):
    place = places_of(parser, "Rebels shelled a village in Idlib province in Syria.")["Idlib"]
    assert (place.country_code, place.region_code) == ("SYR", "SY-ID")
    assert (place.latitude, place.longitude) == pytest.approx((35.9, 36.7), abs=0.7)


def test_a_district_is_found_by_its_whole_name_and_its_state_decides(parser):
    text = "The Marion County Sheriff was called. Ohio police drove to Marion County in Ohio."
    place = places_of(parser, text)["Marion County"]
    assert (place.name, place.region_code) == ("Marion County", "US-OH")


def test_an_airport_is_found_by_the_name_people_use(parser):
    place = places_of(parser, "Flights from London were cancelled at Gatwick.")["Gatwick"]
    assert (place.latitude, place.longitude) == pytest.approx((51.15, -0.19), abs=0.05)


def test_the_metropolis_wins_over_its_region_but_not_beside_a_town(parser):
    assert places_of(parser, "Traders in New York were calm.")["New York"].name == "New York City"
    assert places_of(parser, "A barn burned in Ithaca, New York.")["New York"].region_code == "US-NY"


def test_a_state_named_after_a_town_is_the_state(parser):
    found = places_of(parser, "A flood hit Rome, Georgia. Schools stayed open in Georgia.")
    assert (found["Rome"].region_code, found["Georgia"].country_code) == ("US-GA", "USA")
    assert places_of(parser, "Troops left Georgia.")["Georgia"].country_code == "GEO"


def test_a_place_beside_a_known_one_is_the_near_namesake(parser):
    found = places_of(parser, "A boy was hurt in Kingston, south of Brisbane.")
    assert found["Kingston"].country_code == "AUS"


def test_a_street_lies_in_its_town(parser):
    found = places_of(parser, "The shop stands in Quillback Street, Leeds.")
    assert (found["Quillback Street"].name, found["Quillback Street"].country_code) == ("Leeds", "GBR")


def test_initials_are_no_towns(parser):
    assert all(place.name != "Eu" for place in places_of(parser, "Leaders of the EU met. EU rules apply.").values())


def test_a_person_is_no_place(parser):
    assert "Paris" not in places_of(parser, "Actress Paris Monroe smiled.")


def test_a_surname_is_no_place_although_a_town_bears_it(parser):
    text = "Helen Burton runs a farm. Burton sells eggs, and buyers from Lincoln know Burton."
    assert "Burton" not in places_of(parser, text)


def test_a_seat_is_a_place_only_where_somebody_is(parser):
    assert "Kremlin" not in places_of(parser, "The Kremlin denied it.")
    assert places_of(parser, "Crowds gathered outside the Kremlin.")["Kremlin"].country_code == "RUS"


def test_a_company_named_after_a_river_is_no_river(parser):
    assert "Amazon" not in places_of(parser, "Amazon raised its prices.")
    assert places_of(parser, "Loggers moved deep into the Amazon.")["Amazon"].longitude == pytest.approx(-60, abs=5)


OVERLOOKED = [
    ("DETROIT (Wire) - Workers walked out.", "DETROIT", "USA"),
    ("The hearing was held in Wainwright, Alta., on Monday.", "Alta.", "CAN"),
    ("A U.S.-led force arrived.", "U.S.", "USA"),
    ("Bergen District Court heard her.", "Bergen", "NOR"),
    ("A blaze broke out in the coastal town of Izmir.", "Izmir", "TUR"),
]


@pytest.mark.parametrize(("sentence", "words", "country_code"), OVERLOOKED)
def test_names_beside_telling_words_are_places(parser, sentence, words, country_code):
    assert places_of(parser, sentence)[words].country_code == country_code


def test_a_name_that_is_said_to_be_a_village_is_a_place(parser):
    assert "Kvelvastad" in places_of(parser, "Shells hit the village of Kvelvastad.")


@pytest.mark.parametrize("text", ["Leeds, " * 3_000, "in Paris " * 3_000, "A, B, " * 3_000, "U.S.-" * 3_000])
def test_long_lists_end(parser, text):
    find_places(parser(text))


def test_every_country_has_one_capital_and_coordinates():
    gazetteer = load_gazetteer()
    assert len(gazetteer.countries) > 210
    assert all(-90 <= c.latitude <= 90 and -180 <= c.longitude <= 180 for c in gazetteer.countries.values())
    for code, capital in {"USA": "washington", "AUS": "canberra", "BRA": "brasilia", "KAZ": "astana"}.items():
        assert [e.country_code for e in gazetteer.entries(capital) if e.is_capital] == [code]


def test_the_extract_is_in_the_order_that_it_is_searched_in():
    lines = load_gazetteer().lines
    keys = [line.partition("\t")[0] for line in lines]
    assert keys == sorted(keys)
    assert len(lines) > 300_000


def test_places_and_nationality_words_are_found_in_one_pass(parser):
    doc = parser("Turkish ministers met in Hanoi.")
    without, together = find_places_and_nationalities(doc)
    assert [place.text for place in without] == ["Hanoi"]
    assert [place.text for place in together] == ["Turkish", "Hanoi"]
    assert (without, together) == (find_places(doc), find_places(doc, nationality_words=True))


def test_a_name_with_hyphens_is_found_whole(parser):
    doc = parser("Ferries leave the harbour of Newcastle-under-Lyme at noon.")
    found = [(place.text, place.name) for place in find_places(doc)]
    assert found == [("Newcastle-under-Lyme", "Newcastle under Lyme")]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Arsonists threw bottles at a hostel in the port of Bergen, wounding nine sailors.", "Bergen"),
        ("Nine nuns live in the hills of Chad, where gangs shot a Canadian priest.", "Chad"),
    ],
)
def test_an_act_is_where_its_main_clause_or_its_where_is(text, where):
    places = {event.place.name for event in code_text(text) if event.place is not None}
    assert places == {where}
