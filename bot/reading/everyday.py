"""The words of the staffroom, the street and the child: classes for patterns, beside `bot.knowledge.word_classes`.

Lower case and without apostrophes, as `bot.reading.words` leaves a text; every inflection is written out, because a
beginning ("hit*") would take in other words ("hitch").
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _verbs(regular: str) -> frozenset[str]:
    """Return verbs in all their forms: `slap+` doubles its last letter, `whack` does not, `bruise` drops its e."""
    forms: set[str] = set()
    for verb in regular.split():
        stem = verb.removesuffix("+")
        short = stem + stem[-1] if verb.endswith("+") else stem.removesuffix("e")
        third = f"{stem}es" if stem.endswith(("ch", "sh", "ss", "x")) else f"{stem}s"
        forms |= {stem, third, f"{short}ed", f"{short}ing"}
    return frozenset(forms)


_STRIKE = _verbs(
    "slap+ punch kick smack batter whack thump wallop belt clout bash headbutt whip+ pinch leather lether lather "
    "lamp deck twat+ boot clip+ clobber cuff swipe spank flog+ thrash stamp welt clatter bray lace jab+ poke knee "
    "elbow cane slipper skelp assault attack pummel pelt bop+ crack"
) | _set("hit hits hitting beat beats beaten beating struck strike strikes striking bit bitten bites biting")
_HANDLE = _verbs(
    "grab+ drag+ yank shove push haul wrench twist pull grip+ squeeze slam+ chuck hoy lob+ pin+ restrain smother "
    "choke strangle throttle manhandle force stretch jerk tip+ dunk burn scald launch"
) | _set(
    "throw throws threw thrown throwing fling flung flings sling slung swung swing swings shake shakes shook shaken "
    "shaked shaking burnt held hold holds holding dragged"
)
_MAN = _set(
    "dad dads father daddy stepdad uncle uncles grandad granddad grandfather grandpa brother stepbrother cousin "
    "lodger neighbour man men bloke blokes fella fellas fellow guy guys gentleman partner boyfriend ex babysitter "
    "sitter stranger strangers friend mate stepgrandad da adult adults older olders"
)
_CARER = _set(
    "mum mother mummy mums dad dads father daddy da stepdad stepmum parent parents carer carers guardian partner "
    "boyfriend girlfriend husband wife ex fella bloke nan nana nanna nans nanny gran granny grandma grandmother "
    "grandad granddad grandfather grandpa grandparents stepgrandad uncle uncles aunt auntie aunty aunts lodger "
    "babysitter sitter pastor"
)
EVERYDAY = {
    "strike": _STRIKE,
    "handle": _HANDLE,
    "carer": _CARER,
    "man": _MAN,
    "grown": _set(
        "man men bloke blokes fella fellas guy guys gentleman gentlemen older olders elders adult adults stranger "
        "strangers randomer"
    ),
    "tiny": _set("baby babies newborn infant toddler toddlers tot babe bub"),
    "small": _set(
        "baby toddler tot infant reception nursery two three four five six seven eight nine 2 3 4 5 6 7 8 9 little "
        "littlest youngest yo under"
    ),
    "wound": _set(
        "bruise bruises bruised bruising mark marks burn burns burnt scald scalded weal weals welt welts blister "
        "blisters blistered cut cuts gash gashes scab scabs lump swelling swollen fracture fractured fractures "
        "broken shiner scar scars scratch scratches bite bites lip sore sores injury injuries sling cast thumbprint "
        "thumbprints fingerprints"
    ),
    "tool": _set(
        "belt buckle cane stick slipper lead rope cable wire flex whip ruler hairbrush spoon hanger cord strap rod "
        "broom bat ladle spatula charger hosepipe shoe trainer boot sandal paddle switch poker flipflop"
    ),
    "staffer": _set(
        "teacher teachers ta tas lsa lsas sir miss coach coaches tutor head headteacher deputy caretaker driver "
        "escort chaperone supervisor supervisors midday assistant assistants volunteer leader instructor trainer "
        "housemaster housemistress matron keyworker colleague technician childminder minder governor priest vicar "
        "imam minister librarian mentor therapist nurse agency staff sendco senco playworker lifeguard tutors "
        "photographer umpire"
    ),
    "intimate": _set(
        "privates private genitals genital vagina penis willy willies willie winkie winky bottom bum breasts boobs "
        "crotch groin minnie fanny foof fairy tuppence twinkle flower nunny noonoo bits testicles balls anus dick "
        "cock knickers pants underwear nipples chest thigh thighs zip trousers shorts"
    ),
    "fondle": _verbs("touch rub+ kiss lick tickle finger stroke massage fondle grope interfere poke cuddle film grab+")
    | _set("feel feels felt feeling foto fotos masages masage rude suck sucks sucked sucking"),
    "teens": _set("11 12 13 14 15 eleven twelve thirteen fourteen fifteen fiveteen"),
    "twenties": _set(
        "21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 50 twenty thirty forty fifty "
        "twenties thirties forties twentyfour"
    ),
    "pissed": _set(
        "drunk intoxicated slurring slurred sluring swaying unsteady plastered legless mortal steaming wrecked "
        "hammered stoned paralytic sloshed bladdered trollied trolleyed leathered smashed pissed inebriated slumped "
        "slumpt tipsy reeking reeked stinking stank staggering wobbling wasted"
    ),
    "car": _set(
        "car cars audi bmw merc mercedes golf van taxi taxis uber ubers motor motors whip moped bike transit corsa "
        "range rover lift lifts vehicle vehicles"
    ),
    "blade": _set("knife knives machete blade blades shank zombie axe hatchet dagger cleaver razor sword"),
    "where": _set("wall stairs table door floor window lockers locker fridge radiator bed sofa cupboard fence ground"),
    "numb": _set(
        "one two three four five six seven eight nine ten eleven twelve fourteen sixteen twenty thirty 1 2 3 4 5 6 "
        "7 8 9 10 11 12 13 14 15 16 18 20 22 24 30 32 40"
    ),
}
