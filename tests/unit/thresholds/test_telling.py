"""Facts told as one flat object: every word must be understood, or none of it counts."""

import pytest

from bot.consultation import Status
from bot.thresholds import UnknownFact, facts_from

UNDERSTOOD = {
    "a choice": ({"injury": "explained"}, {}, {"injury": "explained"}),
    "don't know": ({"injury": "unknown"}, {}, {"injury": "unknown"}),
    "yes in JSON": ({"in_danger": True}, {}, {"in_danger": "yes"}),
    "no in JSON": ({"in_danger": False}, {}, {"in_danger": "no"}),
    "several values": (
        {"parental_factors": ["domestic_abuse", "unknown"]},
        {},
        {"parental_factors": ("domestic_abuse", "unknown")},
    ),
    "one of several values": ({"parental_factors": "none"}, {}, {"parental_factors": ("none",)}),
    "a list of one": ({"injury": ["none"]}, {}, {"injury": "none"}),
    "words of their own": ({"protective": "her nan"}, {}, {"protective": "her nan"}),
    "a number": ({"safe_scale": 3}, {}, {"safe_scale": "3"}),
    "a time": ({"goes_home_time": "15:30"}, {}, {"goes_home_time": "15:30"}),
    "an indicator": ({"strangled": "yes"}, {"strangled": Status.PRESENT}, {}),
    "an indicator present": ({"strangled": "present"}, {"strangled": Status.PRESENT}, {}),
    "an indicator true": ({"strangled": True}, {"strangled": Status.PRESENT}, {}),
    "an indicator denied": ({"strangled": "No"}, {"strangled": Status.ABSENT}, {}),
    "an indicator absent": ({"strangled": "absent"}, {"strangled": Status.ABSENT}, {}),
    "an indicator false": ({"strangled": False}, {"strangled": Status.ABSENT}, {}),
    "an indicator in doubt": ({"strangled": "unknown"}, {"strangled": Status.UNSURE}, {}),
    "an indicator unsure": ({"strangled": "unsure"}, {"strangled": Status.UNSURE}, {}),
    "a name that is both": ({"baby_at_home": "yes"}, {}, {"baby_at_home": "yes"}),
    "nothing": ({}, {}, {}),
}

REFUSED = {
    "a misspelt indicator": ({"strangeld": "yes"}, "strangeld"),
    "a misspelt question": ({"in_dangr": "yes"}, "in_dangr"),
    "a misspelt value": ({"injury": "no_explantion"}, "no_explantion"),
    "a misspelt value among several": (
        {"parental_factors": ["none", "domestic_abuze"]},
        "domestic_abuze",
    ),
    "a misspelt status": ({"strangled": "yess"}, "yess"),
    "an empty status": ({"strangled": ""}, "strangled"),
    "null": ({"injury": None}, "injury"),
    "a null indicator": ({"strangled": None}, "strangled"),
    "an empty list": ({"parental_factors": []}, "parental_factors"),
    "two values for one": ({"injury": ["none", "explained"]}, "injury"),
    "a nested object": ({"injury": {"none": True}}, "injury"),
    "a yes where there is none": ({"injury": True}, "yes"),
    "empty words": ({"protective": " "}, "protective"),
    "off the scale": ({"safe_scale": 11}, "11"),
    "no number": ({"safe_scale": "quite"}, "quite"),
    "no time": ({"goes_home_time": "half 3"}, "half 3"),
    "no time of day": ({"goes_home_time": "25:00"}, "25:00"),
    "one good fact and one bad": ({"hungry": "yes", "mrak": "yes"}, "mrak"),
}


@pytest.mark.parametrize(("told", "indicators", "answers"), UNDERSTOOD.values(), ids=UNDERSTOOD.keys())
def test_facts_are_understood(national, told, indicators, answers):
    facts = facts_from(told, national)

    assert dict(facts.indicators) == indicators
    assert dict(facts.answers) == answers


@pytest.mark.parametrize(("told", "named"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_understood_is_refused_by_name(national, told, named):
    with pytest.raises(UnknownFact, match=named):
        facts_from(told, national)
