"""Structured identifiers, kind by kind: what is found, and what looks like it and is left alone."""

import pytest

from bot.anonymiser import Anonymiser
from bot.consultation import RawText

FOUND = [
    ("PHONE", "ring stepdad on 07700 900123", "07700 900123"),
    ("PHONE", "her mob is +44 7700 900123", "+44 7700 900123"),
    ("PHONE", "contact 07700-900-123 or text", "07700-900-123"),
    ("PHONE", "office (01632) 960247 after 3", "(01632) 960247"),
    ("PHONE", "its 0 7 7 0 0 9 0 0 1 2 3", "0 7 7 0 0 9 0 0 1 2 3"),
    ("EMAIL", "write to j.smith@example.sch.uk please", "j.smith@example.sch.uk"),
    ("EMAIL", "its j.smith at example dot co dot uk", "j.smith at example dot co dot uk"),
    ("URL", "see https://example.com/jo.bloggs?x=1 there", "https://example.com/jo.bloggs?x=1"),
    ("URL", "on oakfield.example.sch.uk", "oakfield.example.sch.uk"),
    ("POSTCODE", "they live at ME7 1AB now", "ME7 1AB"),
    ("POSTCODE", "they live at me71ab now", "me71ab"),
    ("POSTCODE", "postcode is ME7", "ME7"),
    ("POSTCODE", "SW1A 1AA", "SW1A 1AA"),
    ("DATE_OF_BIRTH", "dob 12/03/2014", "12/03/2014"),
    ("DATE_OF_BIRTH", "dob 12.3.14 ok", "12.3.14"),
    ("DATE_OF_BIRTH", "d.o.b 120314", "120314"),
    ("DATE_OF_BIRTH", "born 6th of December 2019", "6th of December 2019"),
    ("DATE_OF_BIRTH", "birthday was 27 february", "27 february"),
    ("DATE_OF_BIRTH", "on March 3rd she said", "March 3rd"),
    ("DATE_OF_BIRTH", "2012-03-12", "2012-03-12"),
    ("DATE_OF_BIRTH", "incident on 5th Setpember", "5th Setpember"),
    ("DATE_OF_BIRTH", "monday 3rd november at 15:30", "3rd november"),
    ("UPN", "upn A123456789012", "A123456789012"),
    ("UPN", "temporary A12345678901B", "A12345678901B"),
    ("UPN", "pupil number 82343200123", "82343200123"),
    ("NHS_NUMBER", "nhs no 943 476 5919", "943 476 5919"),
    ("NHS_NUMBER", "mistyped 943-476-5910 stays one", "943-476-5910"),
    ("NI_NUMBER", "NI qq 12 34 56 c", "qq 12 34 56 c"),
    ("NI_NUMBER", "QQ123456C", "QQ123456C"),
    ("VEHICLE", "black golf AB12 CDE outside", "AB12 CDE"),
    ("VEHICLE", "he drives ab12cde", "ab12cde"),
    ("VEHICLE", "car reg P123 ABC", "P123 ABC"),
    ("HANDLE", "add me @jay.dee on there", "@jay.dee"),
    ("HANDLE", "his snap is jaydee_07", "jaydee_07"),
    ("HANDLE", "on roblox as xXdarkX99", "xXdarkX99"),
    ("HANDLE", "discord jd#1234", "jd#1234"),
    ("HANDLE", "username coolkid", "coolkid"),
    ("CASE_REF", "case ref 12345", "12345"),
    ("CASE_REF", "reference 25-88444", "25-88444"),
    ("CASE_REF", "KCC/2024/00123 was closed", "KCC/2024/00123"),
    ("CASE_REF", "CAD 1234 of today", "CAD 1234 of today"),
    ("CASE_REF", "log number 245", "245"),
    ("ADDRESS", "lives at 12 High Street", "12 High Street"),
    ("ADDRESS", "lives on 49b cemetery road", "49b cemetery road"),
    ("ADDRESS", "its Flat 17, 20 Chapel St", "Flat 17, 20 Chapel St"),
    ("ADDRESS", "address is 14 The Avenue", "14 The Avenue"),
    ("ADDRESS", "seen on Copthorne Drive again", "Copthorne Drive"),
    ("ADDRESS", "they live on church lane", "church lane"),
    ("SCHOOL", "she moved from Oakfield Academy", "Oakfield Academy"),
    ("SCHOOL", "she moved from oakfield academy", "oakfield academy"),
    ("SCHOOL", "goes to St Mary's", "St Mary's"),
    ("SCHOOL", "at st marys primary", "st marys primary"),
    ("SCHOOL", "from Holy Rosary RC Primary", "Holy Rosary RC Primary"),
    ("SCHOOL", "at meadow lane primary", "meadow lane primary"),
    ("SCHOOL", "Ysgol Gymraeg rang", "Ysgol Gymraeg"),
    ("SCHOOL", "hi, dsl at thornfield", "thornfield"),
    ("OTHER", "her name in Arabic is فاطمة they say", "فاطمة"),
]

LEFT_ALONE = [
    # ages, years, times, counts, levels
    "he is 8 and she is 13",
    "8 month old baby at home",
    "baby of 10 weeks with a bruise",
    "Year 4",
    "yr10 and yr11 girls",
    "Y6 boy in class 4b",
    "KS2 pupil in set 3",
    "she will be 12 in december",
    "they go home at 15:30",
    "at 3.15pm, by 08.45-15.15",
    "rang 101 and then 999",
    "24/7 care, 10/10 for worry, 8 out of 10",
    "in the 2025/26 school year",
    "since September 2025",
    "attendance fell from 95 to 61 percent",
    "level 3 or level 4, tier 4 bed, section 47",
    "it was a Thursday in October",
    "he may 3 times have said so",
    "in May 2 boys did",
    "y4 1st thing, y4 3pm",
    # places that are none
    "2 boys on the street",
    "walks the streets at night, found on the main road",
    "in a one bedroom flat above a shop",
    "3 times on the way to school",
    "1 working day, green",
    "lives in a caravan park",
    # schools that are none
    "his new primary school has concerns",
    "she started secondary in September",
    "Mainstream school is hard for her",
    "a non-mobile infant with an injury",
    "I work at a primary school",
    "the high school and the academy",
    "he got high at lunch",
    # screens and cars without an account or a plate
    "on snapchat with an older man",
    "uses tiktok all night and insta too",
    "in the car 3 times a week",
    "the under-18 team",
    # references without a number
    "in case of fire",
    "the case was closed",
    "we made 3 referrals",
]


def stretches(anonymiser: Anonymiser, text: str) -> dict[str, str]:
    return {text[f.start : f.end]: f.kind for f in anonymiser.redact(RawText(text)).findings}


@pytest.mark.parametrize(("kind", "text", "identifier"), FOUND)
def test_the_identifier_is_found_with_its_kind(anonymiser: Anonymiser, kind: str, text: str, identifier: str) -> None:
    assert stretches(anonymiser, text).get(identifier) == kind, stretches(anonymiser, text)


@pytest.mark.parametrize(("kind", "text", "identifier"), FOUND)
def test_the_identifier_is_found_in_any_case(anonymiser: Anonymiser, kind: str, text: str, identifier: str) -> None:
    for written in (text.lower(), text.upper()):
        left = anonymiser.redact(RawText(written)).text.lower()
        assert identifier.lower() not in left, f"{kind} is still there when the message is {written[:5]}…"


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_only_looks_like_an_identifier_is_left_alone(anonymiser: Anonymiser, text: str) -> None:
    for written in (text, text.lower(), text[0].upper() + text[1:]):
        assert anonymiser.redact(RawText(written)).text == written


@pytest.mark.parametrize("number", ["943 476 5919", "943 476 5910", "943 476 5911"])
def test_a_wrong_check_digit_does_not_save_a_number(anonymiser: Anonymiser, number: str) -> None:
    assert anonymiser.redact(RawText(f"nhs {number}")).text == "nhs [NHS number]"


@pytest.mark.parametrize(("kind", "text", "identifier"), FOUND)
def test_the_storage_door_finds_what_the_first_look_would(
    anonymiser: Anonymiser, kind: str, text: str, identifier: str
) -> None:
    found = {text[f.start : f.end]: f.kind for f in anonymiser.second_scan(text)}
    assert found.get(identifier) == kind, found


@pytest.mark.parametrize(("kind", "text", "identifier"), FOUND)
def test_the_storage_door_finds_nothing_in_a_redacted_text(
    anonymiser: Anonymiser, kind: str, text: str, identifier: str
) -> None:
    assert anonymiser.second_scan(anonymiser.redact(RawText(text)).text) == ()
