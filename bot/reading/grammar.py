"""The small words that carry grammar: who, not, perhaps, if, but.

Lower case and without apostrophes, as `bot.reading.words` leaves a text.
"""

from bot.knowledge.word_classes import CLASSES


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A negator only reaches over words that carry no content of their own.
NEGATORS = _set("no not never without nor none nothing neither nobody nil zero denies denied denying deny")
DENIALS = _set("denies denied denying deny")
# Before a denial these take it back: "he did not deny that ...".
UNDOING = _set("not never no without nor")
TRANSPARENT = _set(
    "a an the any been being be is are was were am has have had having do does did got get gets getting "
    "ever seen see sign signs mark evidence indication indications indicators obvious visible physical new "
    "other recent further known particular specific clear current actual real apparent sort kind type form "
    "of that this his her their my our he she they it him them you we i there to at all in with on for "
    "concern concerns concerned worry worries worried issue issues problem problems about around re "
    "regarding"
    "noticed noticing observed suggest suggestion suggestions history really very so seem seems seemed "
    "look looks"
    "looked looking appear appears appeared feel feels feeling actually even involved experienced "
    "experiencing"
    "thoughts intent intention plans doing using having showing think believe aware suffering suffered "
    "suffer"
    "going one has touched touch used tried longer yet or nor mum dad child boy girl parent "
    "incident incidents obviously usually normally generally especially"
)
# These are transparent to "no" and "nothing" alone: "has not reported the abuse" is no absence of it.
TELLING = _set(
    "report reports reported disclosure disclosures disclosed mention mentioned mentions allegation allegations said"
)
PLAIN_NEGATORS = _set("no nothing none nobody nil zero")
NOT_NEGATING = ("not only", "not just", "no doubt", "no wonder", "not surprising", "not surprised", "no surprise")
# Before one of these a bare "no" contradicts what was said before and denies nothing: "no he was strangled".
AFTER_A_CONTRADICTION = _set(
    "he she they i we it you there his her their actually mum dad mother father stepdad stepmum"
)
LIST_JOINS = _set("or nor")

HEDGES = _set(
    "think thinks thought thinking might may maybe perhaps possible possibly probably potential potentially "
    "unsure uncertain rumour rumours rumoured gossip wonder wondering wonders suspect suspects suspected "
    "suspicion suspicions suspecting could guess guessing unclear unconfirmed allegedly apparently "
    "hunch assume assuming assumed presume questioning hearsay speculation speculating whether"
)
HEDGE_PHRASES = (
    "not sure if", "not sure whether", "not certain", "not sure that", "not clear if", "gut feeling", "heard that",
    "i heard", "been told that", "i worry", "worried that", "concerned that", "worried he", "worried she",
    "worried they", "worries that", "sounds like", "no proof", "no evidence that",
    "not sure he", "not sure she", "not sure they", "not sure mum", "not sure dad", "not sure about",
    "do not know if", "do not know whether", "at risk of",
    "what sounds like", "not sure but", "cannot tell if", "hard to tell if", "hard to know if", "possibility of",
    "word is", "people are saying", "kids are saying", "other children are saying", "going round that",
)  # fmt: skip
WORRIERS = _set("he she they child girl boy")
AFTER_HEDGES = (
    "i think", "we think", "apparently", "not sure though", "but not sure", "but not certain", "only a rumour",
    "just a rumour", "but can not be sure", "allegedly", "but no proof", "or so i heard", "maybe", "perhaps",
    "but i am not sure", "but we are not sure", "could be wrong", "i may be wrong", "might be wrong",
    "but unconfirmed", "not confirmed", "is a rumour", "was a rumour",
)  # fmt: skip

SUPPOSING = _set("if suppose supposing imagine hypothetically unless theoretically hypothetical scenario")
SUPPOSING_PHRASES = (
    "hypothetically", "hypothetical", "theoretically",
    "what if", "would it be", "in general", "in theory", "say a child", "say a pupil", "what happens when",
    "what would happen", "when a child", "when children", "when a pupil", "if a child", "how do i know",
    "how would i know", "how would we know", "just generally", "generally speaking", "would that be",
    "would you",
)  # fmt: skip
NOT_SUPPOSING = (
    "as if", "only if", "even if", "asked if", "ask if", "not sure if", "do not know if", "asking if", "asks if",
    "wonder if", "wondering if", "know if", "see if", "checked if", "check if", "tell if", "i asked him if",
    "asked him if", "asked her if", "asked them if", "unclear if", "clear if", "says if", "said if", "that if",
    "threatened", "threatens", "told him if", "told her if",
)  # fmt: skip
# A threat is a threat although it begins with "if".
HOLDS_WITH_IF = _set(
    "honour_threat threat_to_kill suicide_threat suicide_plan suicidal_ideation being_moved_to_avoid_help "
    "online_blackmail emotional_abuse afraid_of_adult weapon_used_at_home terrorist_activity"
)
ASKING = _set("what how when who which where why would could should is are do does can did will may was were has have")

# A text that asks what a word means, or speaks of training, describes no child.
GENERAL_PHRASES = (
    "what is", "what are", "what does", "stand for", "stands for", "meaning of", "definition of", "training",
    "inset", "assembly", "assemblies", "pshe", "leaflet", "leaflets", "poster", "posters", "policy", "policies",
    "lessons on", "webinar", "workshop", "workshops", "newsletter", "curriculum", "course on", "elearning",
    "guidance on", "guidance for", "the signs of", "warning signs", "what signs", "resources on", "resources for",
    "template",
    "difference between", "more information on", "information about",
    "can you explain", "could you explain", "please explain", "tell me what", "tell me about", "what counts",
    "counts as", "when would we", "when do we", "when should we", "when should a", "when do i", "who do i", "who do we",
    "does this service", "do you cover", "do you deal", "is there a", "is there any", "are there any", "which form",
    "helpline", "how do i", "how do we", "where do i", "advice line", "the law on", "the guidance", "do you have",
    "awareness week", "awareness day", "more about", "our safeguarding policy", "how do we record", "parents evening",
)  # fmt: skip

# What is taught, read, played or staged: it speaks of no child either, unless somebody is spoken of or tells of it.
TAUGHT_PHRASES = (
    "refresher", "briefing", "briefings", "e learning", "slides", "talk on", "lesson on", "lessons on", "book club",
    "novel", "rehearsal", "rehearsals", "audition", "auditions", "macbeth", "oliver twist", "romeo and juliet",
    "shakespeare", "drama company", "epq", "anti bullying", "odd socks", "referral form", "lines play", "class reader",
    "internet day", "is the subject of", "cpd", "officer with the police", "worker for the council", "action day",
    "young carers tea", "young carers award", "letter went", "letter to go", "standard letter", "guard of honour",
)  # fmt: skip
TELLS_OF_SOMEBODY = CLASSES["said"] | _set(
    "he she his her him hers i me my asked asks came stayed cried crying upset whispered after afterwards mum dad "
    "stepdad daddy mummy uncle partner parent parents carer boy girl lad pupil student baby child brother sister teen"
)
# Somebody looked into it and found that it was not so. Not everything they found is so: it is left open.
DISCOUNTED_PHRASES = (
    "turned out to be nothing", "ruled it out", "was ruled out", "were ruled out", "not borne out",
    "found no evidence", "found no indication", "found no risk", "unfounded", "false alarm", "was negative",
    "were negative", "tested clean", "wrong house", "wrong child", "was discounted", "discounted since",
    "not supported by", "no risk of", "was mistaken", "no truth in", "mongolian blue", "a misunderstanding",
    "nothing was alleged", "no allegation had", "cctv clear", "no further concerns", "so called nude", "blue spot",
    "blue spots", "the same account", "same account of", "same tale from",
)  # fmt: skip
ENQUIRING = _set("any anyone anybody")
ENQUIRED = ENQUIRING | _set("ever somebody someone there")

BREAKS = _set("but however although though except whereas yet nevertheless because cos since instead otherwise")
JOINERS = _set("and so then while when plus as which who")
SUBJECTS = _set(
    "i he she they we it there his her their our my the a an this that these those mum dad mother father "
    "stepdad"
    "stepmum parent parents child adult boy girl baby brother sister nan gran grandad teacher staff ta "
    "everyone"
    "someone somebody today yesterday now also always often just still constantly"
)
AUXILIARIES = _set(
    "is are was were has have had does did will would can could keeps kept comes came gets got says said"
)

ADULTS = CLASSES["home"] - _set("brother sister sibling cousin adults") | CLASSES["partner"] | CLASSES["staff"]
CHILDREN = _set("child children kid kids boy girl pupil student son daughter lad baby teenager teen")
SAYING = CLASSES["said"] | _set(
    "claims claimed claim insists insisted reckons reckoned maintains maintained assures assured"
)

# After "and" these begin what is told next: "at risk of abuse and disclosed that", "and uncle touched her".
TELLERS = ADULTS | SAYING

ENDED_PHRASES = ("no longer", "not any more", "not anymore", "not now", "not at the moment", "not currently")
PAST_PHRASES = (
    "used to", "historic", "historically", "historical", "previously", "in the past", "years ago", "history of",
    "when he was little", "when she was little", "when he was younger", "when she was younger", "at his last school",
    "at her last school", "before they moved", "no longer", "not any more", "not anymore", "not now",
    "formerly",
)  # fmt: skip
# Harm to a child stays harm when it lies in the past; circumstances at home may have changed.
PASSES_WITH_TIME = _set(
    "domestic_abuse parental_substance_misuse parental_mental_health neglect attendance care_arrangements "
    "young_carer_disability online_harm emotional_harm"
)
BEFORE_A_MONTH = frozenset("in since last this on from until til till early mid late by of".split())
BEFORE_A_QUESTION = frozenset("and so but then please hi hello ok also just or thanks".split())
OPEN_QUESTIONS = frozenset(["what", "how", "when", "who", "which", "where", "why"])
SOMEBODY = frozenset("he she his her him they child boy girl mum dad stepdad stepmum i my year yr".split()) - {
    "i",
    "my",
}
BARE_NO = frozenset(["no", "none", "nil", "nope", "never", "nothing"])
DENIED_AFTER = (
    "are not present", "is not present", "not present",
    "not seen", "not noticed", "not observed", "not reported", "not disclosed", "is not an issue",
    "are not an issue", "not an issue", "is not a concern", "are not a concern", "not a concern", "was ruled out",
    "is not a worry", "ruled out", "has been ruled out", "have been ruled out", "were ruled out", "none seen",
    "was not seen", "were not seen", "is not happening", "has not happened", "did not happen", "never happened", "nil",
)  # fmt: skip

# --- for strengths, where every doubt settles against what was said

HOME = CLASSES["home"] - _set("brother sister sibling cousin adult adults") | CLASSES["partner"]
KIN = _set("brother sister brothers sisters sibling siblings cousin cousins twin classmate classmates")
NOMINATIVE = _set("he she i")
# Before or within what is said, these take it back.
WEAKENING = _set(
    "hard tricky hardly barely rarely seldom scarcely less little lack lacks lacking lacked poor poorly struggles "
    "struggling struggle struggled difficulty difficulties difficult fails failing failed fail unable stopped stops "
    "stop sometimes occasionally only until before despite except apart wants want wanted wish wishes wishing need "
    "needs needed hope hopes hoping hoped would should could might may must ought trying tries try expects claims "
    "claim claimed supposedly meant pretends pretending refuses refused refusing inconsistent lost losing loses "
    "limited restricted worse worsening deteriorating inadequate insufficient unsuitable once formerly previously "
    "last delayed behind concerned concern concerns worried worry worries too if unless when without nobody none"
)
# After it: "attendance has been good until this term", "was good but has dropped".
TURNING = _set(
    "dropped drops dropping declined declining declines fell falling fallen until before apart except stopped stops "
    "worse worsened worsening deteriorated deteriorating slipped slipping wavering unless if only sometimes once "
    "though although however tricky hard difficult changed changing was were failed fails failing broke broken "
    "lacking missing gone lost ended inadequate insufficient poor front sham pretence"
)
# With one of these the next clause takes it back: "clear boundaries at home except when dad is there".
EXCEPTING = _set("except unless until apart")
# A strength that stands soon after one of these is one of earlier times.
BYGONE = _set("was were had")
WORRYING = _set("concern concerns worry worries worried problem problems issue issues difficulties")
