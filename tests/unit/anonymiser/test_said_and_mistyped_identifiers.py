"""Identifiers as they are said, spelt out, shortened and mistyped: what is found, and what is left alone."""

import re

import pytest

from bot.anonymiser import Anonymiser
from bot.consultation import RawText

FOUND = [
    # numbers read out
    ("PHONE", "its oh seven double oh, nine hundred four one three", "oh seven double oh, nine hundred four one three"),
    ("PHONE", "number for mum is 07700 9 double 0 2 4 6", "07700 9 double 0 2 4 6"),
    ("PHONE", "ring nan on o1632 960 three three eight", "o1632 960 three three eight"),
    ("PHONE", "his mobile is O7700 9OO 123", "O7700 9OO 123"),
    ("PHONE", "mobile 77 00 90 ends there", "77 00 90"),
    ("PHONE", "oh seven sevven double oh nine oh triple four", "oh seven sevven double oh nine oh triple four"),
    ("NHS_NUMBER", "nhs nine nine nine, two one zero, eight three", "nine nine nine, two one zero, eight three"),
    ("NI_NUMBER", "his NI QQ 123 456 C here", "QQ 123 456 C"),
    # addresses on the net
    ("EMAIL", "mail: dollyjo not molly 72 at hotmail dot com saying", "dollyjo not molly 72 at hotmail dot com"),
    ("EMAIL", "write to a.b.carter (at) post.example only", "a.b.carter (at) post.example"),
    ("EMAIL", "it is jo dot carter at outlook dot co dot uk", "jo dot carter at outlook dot co dot uk"),
    ("EMAIL", "mum is jo.carter @ gmail .com ok", "jo.carter @ gmail .com"),
    ("EMAIL", "he wrote from jcarter07 at gmail", "jcarter07 at gmail"),
    ("EMAIL", "from jcarter@gmail again", "jcarter@gmail"),
    ("HANDLE", "there is a thing on Yubo, c4rter.ldn, not him", "c4rter.ldn"),
    ("HANDLE", "posts by queenb33z keep coming", "queenb33z"),
    ("HANDLE", "add wild.fox.77 for vapes", "wild.fox.77"),
    ("HANDLE", "it is xx.lil.jo.xx again", "xx.lil.jo.xx"),
    ("HANDLE", "screenshots from glitterqueen.lol today", "glitterqueen.lol"),
    ("HANDLE", "while N1ghtOwl#4410 keeps posting", "N1ghtOwl#4410"),
    ("HANDLE", "message came from sk8rboi.07 today", "sk8rboi.07"),
    ("HANDLE", "his gamer name is DarkSlayer now", "DarkSlayer"),
    ("HANDLE", "they add TTV-Draxo now", "TTV-Draxo"),
    # plates, postcodes, references
    ("VEHICLE", "plate is something like gn 66 kvp", "gn 66 kvp"),
    ("VEHICLE", "her dad is outside in K1 SHZ now", "K1 SHZ"),
    ("VEHICLE", "her dad is outside in BJ12 FEM now", "BJ12 FEM"),
    ("VEHICLE", "there was an AIZ 4187 by the gate", "AIZ 4187"),
    ("VEHICLE", "reg p482wrg. two men", "p482wrg"),
    ("VEHICLE", "dad's van, w reg, T 123 XBC there", "T 123 XBC"),
    ("CASE_REF", "incident no. 391 from yesterday", "incident no. 391 from yesterday"),
    ("POSTCODE", "a letter to TN 48 7 WB was found", "TN 48 7 WB"),
    ("POSTCODE", "they live in ME7 now", "ME7"),
    ("CASE_REF", "they gave me log 218 of the 6th", "log 218 of the 6th"),
    ("CASE_REF", "given incident 0652 of today, and", "incident 0652 of today"),
    ("CASE_REF", "log no is CAD 4471/09MAR, police", "CAD 4471/09MAR"),
    ("CASE_REF", "ours is EHM 40172, closed", "EHM 40172"),
    # streets without a number
    ("ADDRESS", "the site at pound lane is empty", "pound lane"),
    ("ADDRESS", "he works in the garage on tannery st, i bought", "tannery st"),
    ("ADDRESS", "walked past marlpit close, heard it", "marlpit close"),
    ("ADDRESS", "he is on harbour parade with people", "harbour parade"),
    ("ADDRESS", "two men on old forge way w the engine on", "old forge way"),
    ("ADDRESS", "the grow is off brewhouse yard, door locked", "brewhouse yard"),
    ("ADDRESS", "seen at the corner of bishop road", "bishop road"),
    ("ADDRESS", "she lives on the parkwood estate", "parkwood estate"),
    ("ADDRESS", "seen on Copthorne Drvie again", "Copthorne Drvie"),
    ("ADDRESS", "they moved to dover rd last year", "dover rd"),
    # houses, flats, sites, and what stands in a row
    ("ADDRESS", "send someone to 22 priory vw please", "22 priory vw"),
    ("ADDRESS", "dad moved out to 15 willow bank", "15 willow bank"),
    ("ADDRESS", "now at 12 Maes yr Haf with him", "12 Maes yr Haf"),
    ("ADDRESS", "they are at 64 Coronation Street North", "64 Coronation Street North"),
    ("ADDRESS", "left in flat 12b, corbett house, mafeking road", "flat 12b, corbett house, mafeking road"),
    ("ADDRESS", "now at the old vicarage, ings road again", "the old vicarage, ings road"),
    ("ADDRESS", "lives at Basement flat, 22 Albion Place", "Basement flat, 22 Albion Place"),
    ("ADDRESS", "address we hold is block c rm 14, nightingale quarters", "block c rm 14, nightingale quarters"),
    ("ADDRESS", "seen at flat 2, above the chip shop, 31 high street", "flat 2, above the chip shop, 31 high street"),
    ("ADDRESS", "moved to flat above the londis on hessle road", "flat above the londis on hessle road"),
    ("ADDRESS", "staying at manor farm, green lane with them", "manor farm, green lane"),
    ("ADDRESS", "they live at rose cottage, back lane", "rose cottage, back lane"),
    ("ADDRESS", "a caravan at sandy gulls holiday park for a night", "sandy gulls holiday park"),
    ("ADDRESS", "the man from the saltings gives them", "the saltings"),
    ("ADDRESS", "mum drinks in the red lion all day", "the red lion"),
    ("ADDRESS", "a small school in nether wrexby so", "nether wrexby"),
    ("ADDRESS", "always on Tinker's Bottom after dark", "Tinker's Bottom"),
    # schools by a short name or a rare type
    ("SCHOOL", "the one off roll at oakfield, they think", "oakfield"),
    ("SCHOOL", "handover from whitegates says so", "whitegates"),
    ("SCHOOL", "she was at hollins brow, then us", "hollins brow"),
    ("SCHOOL", "he works with children at little acorns and", "little acorns"),
    ("SCHOOL", "previous school canon hargreave c of e sent us", "canon hargreave c of e"),
    ("SCHOOL", "they have gone to sir roger manwick for", "sir roger manwick"),
    ("SCHOOL", "moved from beth shalom jewish primary", "beth shalom jewish primary"),
    ("SCHOOL", "ran away from larkrise special school and", "larkrise special school"),
    ("SCHOOL", "ran away from northmoor utc and", "northmoor utc"),
    ("SCHOOL", "near gaelscoil an droichid at night", "gaelscoil an droichid"),
    ("SCHOOL", "registered at ysgol bryn eithin too", "ysgol bryn eithin"),
    ("SCHOOL", "handover from hollybush lodge schopl", "hollybush lodge schopl"),
    ("SCHOOL", "at the bridgework pupil referral unit", "bridgework pupil referral unit"),
]  # fmt: skip

# As somebody types who has a class waiting: `{...}` is the identifier.
HURRIED = {
    "NI_NUMBER": [
        "NI for that is {QQ / 66 / 20 / 41 / C} ok", "N.I. number {QQ,12,34,56,C}",
        "her ni number is {q q 1 2 3 4 5 6 c}", "nat ins {QQ 12 34 56} it says",
    ],
    "POSTCODE": [
        "parcels go to {LS9 . 6XZ} now", "its {LS9, 6XZ} i think", "he stays in {LS9} mostly",
        "the {LS9} side of town", "address in {M14} somewhere", "p/code {bs166xz} ta", "it is {LS9 (6XZ)} she said",
        "at {L S 9 6 X Z} they say",
    ],
    "EMAIL": [
        "her email is {jo . bloggs @ example . pl} please", "reply to {jo_b89 AT example DOT pt}",
        "contact {jo.b@example,co,uk} pls", "it is {big dave 74 at hotmail . co . uk} only",
        "or {f,khan@example.com} ok", "its {jobloggs [at] example [dot] de}", "it is {f khan 22 @ gmail.com} now",
        "uses {lil.jo.2010@icloud com}",
    ],
    "PHONE": [
        "aunt on {(020) 7946, 0 double 5 8} now", "ring {07700, 900, 123} after 3", "dad is {+44 (0) 7700, 900 123}",
        "ring {0 7 7 0 0, 9 0 0, 1 9 9} now", "ring {07700*900*123} now", "dad is {(01632) 960, double 4 1}",
        "text {077OO 9OO l99} now",
    ],
    "CASE_REF": [
        "sent monday, ref {CSC 3391877}, no joy", "case no. {KH 20441} open", "ref {CP / 2024 / 118} given",
        "crime number {13 / 4471 / 26} given", "ref {LCC-EH 4471} sent", "court case {ZE 26 C 00471} now",
        "ref# {88 41 20} given", "our case {four four seven one} open",
    ],
    "SCHOOL": [
        "waiting outside {QEGS} daily", "she is stacey from {Bluebells}, we got", "from {eastgate boys}, on bail",
        "found next door to {oakfield}, no parents", "waiting by {harrow lane academy} now",
        "boarding at {Wyndham Abbey} too", "lads from {hightown comp} came", "he is at {rosewood ap} now",
        "it was {st. cuthbert mayne} then", "moved to {laisterdyke} mid year", "a ta at {new road primary} said",
        "his brother at {trinity high} saw",
    ],
    "ADDRESS": [
        "one room, {balfour mansions} above", "ewo visited {tolpuddle house}, curtains shut",
        "they live at {2a the moorings} now", "last seen, it is {drovers lay-by, marsh lane} again",
        "mrs hill of {glebe cottage, church walk} asked", "snap showed her nr {canal street} then",
        "it meets at {unit 6 trinity trading estate} again", "in a garage on {quarry bank} now",
        "on sims {flat 3, above golden wok, 88 high st} it says", "bungalow on {pond lane, little thornby} again",
        "dealing from {beech court} every night", "off the {otley road} now", "up at {high trees farm} with uncle",
        "we hold {flat 4 regent point} for him", "it is {apt 7 the foundry} she said", "lives at {7 larch}, she says",
        "nan lives {22 spring bank west} now", "lives at {windy ridge, moor lane} too",
        "a hotel on {kirkgate} since monday", "bottom of {church hill} at ten",
        "then {twenty two acacia avenue}, no heat", "stuck in {caravan 12, sandy bay} now",
        "lives {cobden st}, not sure number", "called to {rosa parks house} again",
    ],
}  # fmt: skip
FOUND += [(kind, re.sub("[{}]", "", t), t[t.index("{") + 1 : t.index("}")]) for kind, ts in HURRIED.items() for t in ts]

ONLY_WITH_CAPITALS = {"Tinker's Bottom", "TTV-Draxo"}

LEFT_ALONE = [
    # numbers in words
    "they counted one two three four five six seven eight",
    "ten nine eight seven six five four three two one",
    "two or three times, one two three go",
    "aged two, four, six, eight, ten and twelve",
    "rang one one one, then nine nine nine",
    "999 then 101 then 111, it was engaged",
    "seventy two hours, twenty four seven, eight thirty",
    "36mg of one, 50 of another, 120 over 80",
    "10/10 pain, 24/7 care, 1:1 support, 9-5 job",
    "nineteen ninety nine was the year",
    # words that only look like an address on the net
    "we met at home. me too",
    "he was crying at school. uk law says so",
    "she sat down.he said it again.i left",
    "b4hand, str8away, any1else, the sch0ol rang",
    "self-harm, x-ray, well-being, real-time, private-hire",
    "she was crying.lol",
    # plates, postcodes and references that are none
    "yr10 and yr11 girls, wk 12 and on",
    "Y6 boy, at 10 all of them, in 12 hrs",
    "b12 injections, s47, s17, m25 traffic",
    "so 5 4 up and 2 3 at",
    "3 of the 6 children, half of the 6th form",
    # roads, flats and rooms that are nobody's
    "walked down the street, found on the main road",
    "in room 14, period 5, set 3",
    "in year 4 class house points",
    "at home close to tears",
    "they drove past close to midnight",
    "on one way or another, on the way home",
    "a 5 minute walk away, 10 min drive home",
    "at crown court, in family court",
    "in the car park, at the skate park",
    "lives in a council house on an estate",
    "from house to house, in a care home",
    "bruise on her bottom, top of the hill",
    "on first name terms, on high alert, off sick",
    "at the traffic lights on a busy road",
    # schools that have no name
    "she moved from reception to year 1",
    "at school he hit out, left school early",
    "our trust, the academy trust, a special school place",
    "in lower school, in upper school, a faith school",
    "outside the gate, near the bridge, at hillside",
    "attends after school club, attends breakfast club",
    "the nursery says little",
    # what hurried writing has that only looks like one of these
    "scores 10, 12, 14, 16 on 4 tests",
    "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
    "at m 5, in yr 9 . 6 girls, Y6 , 3pm",
    "he is at home . com on then, meet @ school . please",
    "at this point, at crisis point, in the sports hall, from house to house",
    "in a rented cottage, on a working farm, went to youth court",
    "lives with 3 the younger ones, moved to 3 different schools, lives at 2 addresses",
    "led down the garden path, up a steep hill, on the river bank",
    "waiting outside assembly, at CAMHS, from MARAC to MASH, went to AP",
    "excluded from school, kicked out of class, next door to us",
    "picked bluebells with the class, boys from year 10",
]


def stretches(anonymiser: Anonymiser, text: str) -> dict[str, str]:
    return {text[f.start : f.end]: f.kind for f in anonymiser.redact(RawText(text)).findings}


@pytest.mark.parametrize(("kind", "text", "identifier"), FOUND)
def test_what_is_said_or_mistyped_is_found_with_its_kind(
    anonymiser: Anonymiser, kind: str, text: str, identifier: str
) -> None:
    assert stretches(anonymiser, text).get(identifier) == kind, stretches(anonymiser, text)


@pytest.mark.parametrize(("kind", "text", "identifier"), [row for row in FOUND if row[2] not in ONLY_WITH_CAPITALS])
def test_what_is_said_or_mistyped_is_found_in_any_case(
    anonymiser: Anonymiser, kind: str, text: str, identifier: str
) -> None:
    for written in (text.lower(), text.upper()):
        left = anonymiser.redact(RawText(written)).text.lower()
        assert identifier.lower() not in left, f"{kind} is still there when the message is {written[:5]}…"


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_only_sounds_like_an_identifier_is_left_alone(anonymiser: Anonymiser, text: str) -> None:
    for written in (text, text.lower(), text[0].upper() + text[1:]):
        assert anonymiser.redact(RawText(written)).text == written
