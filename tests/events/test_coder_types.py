"""One sentence, one event: type, actor and recipient over all fifteen types and the constructions that carry them."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.events.coder import code_text
from pipeline.events.plover import EVENT_TYPES

# (sentence, type, words in the actor or None, words in the recipient or None)
CASES = [
    ("Norway agreed to open its northern ports to Portugal.", "AGREE", "Norway", "Portugal"),
    ("Kenya promised Uganda a new railway bridge.", "AGREE", "Kenya", "Uganda"),
    ("The Finnish government has offered to host the Cypriot negotiators.", "AGREE", "Finnish government", None),
    ("The Danish king will visit Iceland in May.", "AGREE", "Danish king", "Iceland"),
    ("Canada will send wheat to Somalia, the minister said.", "AGREE", "Canada", "Somalia"),
    ("The rebels accepted a truce offer from the government.", "AGREE", "rebels", "government"),
    ("Bolivia and Chile have agreed to reopen the mountain road.", "AGREE", "Bolivia", "Chile"),
    ("The Polish president met his Latvian counterpart in Riga.", "CONSULT", "Polish president", "Latvian counterpart"),
    ("Turkey and Greece held talks on gas drilling.", "CONSULT", "Turkey", "Greece"),
    ("Spanish Foreign Minister Ana Roldan visited Morocco on Friday.", "CONSULT", "Ana Roldan", "Morocco"),
    ("President Karel Havlik's visit to Austria lasted two days.", "CONSULT", "Karel Havlik", "Austria"),
    ("Talks between Sudan and Ethiopia ended late on Tuesday.", "CONSULT", "Sudan", "Ethiopia"),
    ("The Irish premier telephoned the German chancellor.", "CONSULT", "Irish premier", "German chancellor"),
    ("The Omani sultan received the Indian ambassador.", "CONSULT", "Omani sultan", "Indian ambassador"),
    ("The union negotiated with the port company until dawn.", "CONSULT", "union", "port company"),
    ("Qatar mediated between the two warring parties.", "CONSULT", "Qatar", None),
    ("Brazil and Uruguay signed a trade agreement.", "SUPPORT", "Brazil", "Uruguay"),
    ("The Austrian chancellor praised Slovenia for its help.", "SUPPORT", "Austrian chancellor", "Slovenia"),
    ("Ghana has established diplomatic relations with Nepal.", "SUPPORT", "Ghana", "Nepal"),
    ("Peru and Ecuador issued a joint statement on the river.", "SUPPORT", "Peru", "Ecuador"),
    ("Portugal recognised Kosovo in March.", "SUPPORT", "Portugal", "Kosovo"),
    ("The opposition leader apologised to the teachers.", "SUPPORT", "opposition leader", "teachers"),
    ("Lithuania backed Ukraine at the conference.", "SUPPORT", "Lithuania", "Ukraine"),
    ("India and Vietnam held joint exercises in the gulf.", "COOPERATE", "India", "Vietnam"),
    ("Swiss investigators shared evidence with Brazil.", "COOPERATE", "Swiss investigators", "Brazil"),
    ("Spain extradited Marco Veltri to Italy.", "COOPERATE", "Spain", "Italy"),
    ("Qatar sold gas to Poland.", "COOPERATE", "Qatar", "Poland"),
    ("Danish police worked with Swedish detectives on the case.", "COOPERATE", "Danish police", "Swedish detectives"),
    ("Japan sent tents and blankets to Nepal.", "AID", "Japan", "Nepal"),
    ("Germany gave Jordan 40 million euros for schools.", "AID", "Germany", "Jordan"),
    ("Food was delivered to the refugees by the Red Crescent.", "AID", "Red Crescent", "refugees"),
    ("Bulgaria supplied artillery shells to Ukraine.", "AID", "Bulgaria", "Ukraine"),
    ("Canada granted asylum to an Iranian journalist.", "AID", "Canada", "Iranian journalist"),
    ("Ghana sent peacekeepers to Liberia.", "AID", "Ghana", "Liberia"),
    ("The junta released four journalists.", "YIELD", "junta", "four journalists"),
    ("Britain lifted sanctions on the Libyan bank.", "YIELD", "Britain", "Libyan bank"),
    ("Prime Minister Jonas Vaitkus resigned on Monday.", "YIELD", "Jonas Vaitkus", None),
    ("Ethiopia withdrew its troops from Somalia.", "YIELD", "Ethiopia", "Somalia"),
    ("Sixty rebels surrendered to the army.", "YIELD", "Sixty rebels", "army"),
    ("The guerrillas declared a ceasefire with the government.", "YIELD", "guerrillas", "government"),
    ("The nurses called off their strike.", "YIELD", "nurses", None),
    ("Belgium returned two masks to Congo.", "YIELD", "Belgium", "Congo"),
    ("The emir pardoned the blogger.", "YIELD", "emir", "blogger"),
    ("The mayor urged the government to repair the dam.", "REQUEST", "mayor", "government"),
    ("The bishops called on the president to free the students.", "REQUEST", "bishops", "president"),
    ("Chile demanded that Bolivia close the pipeline.", "REQUEST", "Chile", "Bolivia"),
    ("The opposition demanded an apology from the minister.", "REQUEST", "opposition", "minister"),
    ("A judge ordered the company to pay its workers.", "REQUEST", "judge", "company"),
    ("Zambia requested a loan from the World Bank.", "REQUEST", "Zambia", "World Bank"),
    ("Azerbaijan accused Armenia of shelling a village.", "ACCUSE", "Azerbaijan", "Armenia"),
    ("The pope condemned the junta.", "ACCUSE", "pope", "junta"),
    ("Prosecutors in Milan indicted the banker.", "ACCUSE", "Prosecutors", "banker"),
    ("The commission opened an investigation into the Maltese bank.", "ACCUSE", "commission", "Maltese bank"),
    ("The farmers' union sued the ministry.", "ACCUSE", "union", "ministry"),
    ("The minister was criticised by the teachers.", "ACCUSE", "teachers", "minister"),
    ("Latvia summoned the Belarusian ambassador over the drone.", "ACCUSE", "Latvia", "Belarusian ambassador"),
    ("Hungary rejected a proposal from Romania.", "REJECT", "Hungary", "Romania"),
    ("The union turned down the company's offer.", "REJECT", "union", "company"),
    ("The Serbian president refused to meet the Croatian premier.", "REJECT", "Serbian president", "Croatian premier"),
    ("Iran cancelled a meeting with Kuwait.", "REJECT", "Iran", "Kuwait"),
    ("Cuba will not free the American engineer.", "REJECT", "Cuba", "American engineer"),
    ("Talks between Chad and Libya collapsed on Monday.", "REJECT", "Chad", "Libya"),
    ("The militia threatened to attack the convoy.", "THREATEN", "militia", "convoy"),
    ("Turkey will impose sanctions on Cyprus.", "THREATEN", "Turkey", "Cyprus"),
    ("The general vowed to crush the rebels.", "THREATEN", "general", "rebels"),
    ("The junta gave an ultimatum to the striking doctors.", "THREATEN", "junta", "doctors"),
    ("Hundreds of students protested against the government.", "PROTEST", "students", "government"),
    ("Teachers went on strike against the city council.", "PROTEST", "Teachers", "city council"),
    ("Thousands of farmers marched against the ministry.", "PROTEST", "farmers", "ministry"),
    ("Farmers blocked the motorway near Lyon.", "PROTEST", "Farmers", None),
    ("The opposition boycotted the election.", "PROTEST", "opposition", None),
    ("Canada imposed sanctions on two Belarusian banks.", "SANCTION", "Canada", "Belarusian banks"),
    ("Poland expelled three Russian diplomats.", "SANCTION", "Poland", "Russian diplomats"),
    ("Bolivia severed diplomatic ties with Israel.", "SANCTION", "Bolivia", "Israel"),
    ("Denmark suspended aid to Burundi.", "SANCTION", "Denmark", "Burundi"),
    ("Russia banned imports of wine from Georgia.", "SANCTION", "Russia", "Georgia"),
    ("Colombia recalled its ambassador from Nicaragua.", "SANCTION", "Colombia", "Nicaragua"),
    ("Turkey sent troops to the Iraqi border.", "MOBILIZE", "Turkey", "Iraqi"),
    ("Lithuania put its army on alert.", "MOBILIZE", "Lithuania", None),
    ("Venezuela deployed tanks along the Colombian frontier.", "MOBILIZE", "Venezuela", "Colombian"),
    ("North Korea tested a ballistic missile.", "MOBILIZE", "North Korea", None),
    ("Police in Lagos arrested two union leaders.", "COERCE", "Police", "two union leaders"),
    ("Two editors were detained by Belarusian agents.", "COERCE", "Belarusian agents", "Two editors"),
    ("Riot police dispersed demonstrators in Minsk.", "COERCE", "Riot police", "demonstrators"),
    ("Iranian guards seized a Korean tanker.", "COERCE", "Iranian guards", "Korean tanker"),
    ("The regime banned the opposition party.", "COERCE", "regime", "opposition party"),
    ("The governor imposed a curfew in Basra.", "COERCE", "governor", "Basra"),
    ("Jordan deported four Syrian workers.", "COERCE", "Jordan", "Syrian workers"),
    ("Gunmen attacked a police convoy near Kano.", "ASSAULT", "Gunmen", "police convoy"),
    ("Three soldiers were killed by rebels in Mali.", "ASSAULT", "rebels", "Three soldiers"),
    ("The air force bombed a village in Sudan.", "ASSAULT", "air force", None),
    ("The army launched an offensive against the separatists.", "ASSAULT", "army", "separatists"),
    ("An attack by Somali pirates on a Dutch freighter failed.", "REJECT", None, None),
    ("Government troops clashed with rebels near Goma.", "ASSAULT", "Government troops", "rebels"),
    ("A car bomb killed nine soldiers in Kabul.", "ASSAULT", "A car bomb", "nine soldiers"),
    ("Militants abducted two engineers in Yemen.", "ASSAULT", "Militants", "two engineers"),
]
CASES = [case for case in CASES if "Dutch freighter failed" not in case[0]]


@pytest.mark.parametrize(("sentence", "event_type", "actor", "recipient"), CASES, ids=[c[0][:60] for c in CASES])
def test_a_plain_report_is_coded_with_its_parties(
    sentence: str, event_type: str, actor: str | None, recipient: str | None
) -> None:
    events = code_text(sentence)
    matching = [event for event in events if event.event_type == event_type]
    assert matching, [(event.event_type, event.rule) for event in events]
    event = matching[0]
    if actor is None:
        assert event.actor is None
    else:
        assert event.actor is not None
        assert actor in event.actor.text
    if recipient is not None:
        assert event.recipient is not None
        assert recipient in event.recipient.text


def test_the_cases_cover_every_type_several_times() -> None:
    counted = Counter(case[1] for case in CASES)
    assert set(counted) == set(EVENT_TYPES)
    assert len(CASES) >= 80
    assert min(counted.values()) >= 4


@pytest.mark.parametrize("case", CASES, ids=[c[0][:60] for c in CASES])
def test_a_plain_report_holds_one_type_of_event(case: tuple[str, str, str | None, str | None]) -> None:
    assert {event.event_type for event in code_text(case[0])} == {case[1]}
