"""Names: found in messages as people type them, and the words that are left alone."""

import pytest

from bot.anonymiser import Anonymiser
from bot.consultation import RawText

# The message, then the names in it. Read as typed, and in small letters and capitals where `ANY_CASE`.
ANY_CASE = [
    ("Chidinma told her TA that uncle Emeka comes in her room", ["Chidinma", "Emeka"]),
    ("the Kowalczyk twins in yr 3 are always filthy, mum Beata drinks", ["Kowalczyk", "Beata"]),
    ("Spoke to Shazza (mum) who says Kian fell down the stairs", ["Shazza", "Kian"]),
    ("kians dad is out of prison next week", ["kian"]),
    ("T'Shawn has been missing since friday", ["T'Shawn"]),
    ("concerned re Grace Adeyemi, y8", ["Grace", "Adeyemi"]),
    ("Grace is self harming again", ["Grace"]),
    ("Will was crying, he said Will gets hit at home", ["Will"]),
    ("our girl is meeting an older man called Rocky", ["Rocky"]),
    ("mr Patel reported shouting", ["Patel"]),
    ("Mrs Okonkwo-Bright saw bruises", ["Okonkwo", "Bright"]),
    ("Nguyễn Minh hasn't been in since Tuesday", ["Nguyễn", "Minh"]),
    ("Siân and her brother Lorcan argued", ["Siân", "Lorcan"]),
    ("Ewa, 14, has a boyfriend Darren who is 22", ["Ewa", "Darren"]),
    ("as mum Kelly-Ann is in rehab", ["Kelly", "Ann"]),
    ("the lad is known as Tank", ["Tank"]),
    ("nickname Moomin", ["Moomin"]),
    ("Niamh O'Rourke disclosed to me", ["Niamh", "O'Rourke"]),
    ("Xiu Ying is hungry every day", ["Xiu", "Ying"]),
    ("gurdeep told simran her dad hits her", ["gurdeep", "simran"]),
    ("mums new bf Craig moved in", ["Craig"]),
    ("Cheers, Steph", ["Steph"]),
    ("kind regards Tunde Price-Jones", ["Tunde", "Price", "Jones"]),
    ("Precious has cigarette burns on her arm", ["Precious"]),
    ("Sky, who is 5, was found alone", ["Sky"]),
    ("Faith's mum has been arrested", ["Faith"]),
    ("nan says Charlie is being groomed", ["Charlie"]),
    ("MOHAMMED ALI Y7 NOT IN SCHOOL", ["MOHAMMED", "ALI"]),
    ("the baby (Ottilie) has a bruise", ["Ottilie"]),
    ("Dom (dad) was stoned at pick up", ["Dom"]),
    ("Temi came to me at lunch", ["Temi"]),
    ("Mercy Boateng has moved in with her aunt", ["Mercy", "Boateng"]),
    ("john hit her", ["john"]),
    ("parents are Freya Osman and Zofia Turner", ["Freya", "Osman", "Zofia", "Turner"]),
    ("the Singh family", ["Singh"]),
    ("Jsspreet was crying in assembly", ["Jsspreet"]),
    ("he goes by Big-Dave online", ["Big", "Dave"]),
    ("Year 9, called Anastazja", ["Anastazja"]),
]
WITH_CAPITALS = [
    ("his mates call him Spud", ["Spud"]),
    ("Miss Honey found a note", ["Honey"]),
    ("i think Hope is pregnant", ["Hope"]),
    ("Kai wants to live with Auntie Bola", ["Kai", "Bola"]),
    ("they moved in with the Hendersons", ["Hendersons"]),
    ("help with Joy please", ["Joy"]),
]
LEFT_ALONE = [
    "mum will be angry if we ring",
    "mum may have been drinking",
    "will the MASH team call me back on Monday?",
    "hope this makes sense",
    "i hope this helps",
    "he drew a knife and his dad drew one too",
    "dad beat him with a belt",
    "mum love bombs her then kicks her out",
    "she has marks on her arm and burns on her back",
    "I'd like to mark the case as closed",
    "a bill came and he drew on it",
    "the rose garden at school",
    "grave concerns about neglect",
    "had faith in us, no grace period, a matter of joy",
    "forgot his pe kit again",
    "been called fat and stupid by mum",
    "called the police, called her a slag, called me worthless",
    "the child is called names at home",
    "her nickname for me is rude",
    "goes by bus on his own",
    "she will miss lessons, miss the bus, miss school",
    "dr appointment missed",
    "in april she told us",
    "since May, since last June, in August",
    "every Sunday in half term",
    "Kent said it didnt meet threshold and Medway agreed",
    "lives in Buckinghamshire, moved from Aylesbury to Maidstone",
    "MASH said no further action, CAMHS discharged her",
    "Barnardo's and Early Help both closed the case",
    "open to CIN, was CP, now TAF and EHCP, LADO told",
    "the DSL, the SENCO and a TA saw it",
    "mum is polish and dad is Nigerian",
    "tbh idk what to do pls advise asap thx",
    "weve made referrals, shes sofa surfing, hes wetting himself",
    "Y6 boy sexualised language",
    "self harms, overdosed on paracetamol, vapes and weed",
    "on Snapchat and Roblox with strangers",
    "no names or dates of birth please",
    "Children's social care declined the referral",
    "the child said 'my dad is a monster'",
    "young carer for mum with MS",
    "dad works nights and gran looks after him",
    "nobody calls us back, the front door is useless",
    "Clare's Law and Operation Encompass came up",
    "Can you help? Is there anyone? What happens next?",
]


def words_left(anonymiser: Anonymiser, text: str) -> set[str]:
    return set(anonymiser.redact(RawText(text)).text.replace("[", " ").replace("]", " ").split())


@pytest.mark.parametrize(("text", "names"), ANY_CASE + WITH_CAPITALS)
def test_every_name_is_taken_out(anonymiser: Anonymiser, text: str, names: list[str]) -> None:
    redacted = anonymiser.redact(RawText(text)).text
    assert not [name for name in names if name in redacted], redacted


@pytest.mark.parametrize(("text", "names"), ANY_CASE)
def test_small_letters_and_capitals_hide_no_name(anonymiser: Anonymiser, text: str, names: list[str]) -> None:
    for written in (text.lower(), text.upper()):
        redacted = anonymiser.redact(RawText(written)).text
        kept = {word.lower().strip("(),.'") for word in redacted.split()}
        assert not [name for name in names if name.lower() in kept], redacted


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_ordinary_words_are_left_alone(anonymiser: Anonymiser, text: str) -> None:
    for written in (text, text.lower(), text[0].upper() + text[1:]):
        assert anonymiser.redact(RawText(written)).text == written


def test_words_that_say_what_was_done_to_a_child_survive_beside_every_word_for_a_person(
    anonymiser: Anonymiser,
) -> None:
    done = "beat hit hits kicked kicks burns burned burnt cut cuts choked strangled touched raped hurt"
    done += " harmed harms starves locked hung hangs marks bruised lies threatens grabbed slapped punched"
    done += " shook drew jailed raid"
    for person in ("dad", "mum", "stepdad", "his uncle", "her boyfriend", "the carer", "baby", "sister"):
        for verb in done.split():
            text = f"{person} {verb} him"
            assert anonymiser.redact(RawText(text)).text == text, "a name must not swallow what happened"


def test_the_work_s_own_abbreviations_are_no_names(anonymiser: Anonymiser) -> None:
    for word in (
        "DSL",
        "MASH",
        "CAMHS",
        "LADO",
        "EHCP",
        "SENCO",
        "CPOMS",
        "MARAC",
        "IDVA",
        "CIN",
        "FGM",
        "ISW",
    ):
        for text in (f"the {word} said no", f"{word} said no", f"{word.lower()} said no", f"spoke to {word}"):
            assert anonymiser.redact(RawText(text)).text == text
