"""The classes of words that a pattern may name, such as `@parent`.

Lower case and without apostrophes, as `bot.reading.words` leaves a text.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


CLASSES = {
    "mum": _set("mum mother mom mummy mam mums stepmum stepmother"),
    "dad": _set("dad father daddy dads stepdad stepfather"),
    "parent": _set(
        "mum mother mom mummy mam stepmum stepmother dad father daddy stepdad stepfather parent parents "
        "carer carers guardian adult adults family"
    ),
    "partner": _set("partner boyfriend girlfriend husband wife ex fella bloke stepdad stepfather"),
    "relative": _set(
        "nan nana gran granny grandma grandmother grandad granddad grandfather grandparent grandparents "
        "uncle aunt auntie aunty cousin cousins brother sister sibling siblings relative relatives"
    ),
    "home": _set(
        "mum mother mom mummy mam stepmum stepmother dad father daddy stepdad stepfather parent parents "
        "carer carers guardian adult adults family partner boyfriend girlfriend husband wife ex fella bloke "
        "nan nana gran granny grandma grandmother grandad granddad grandfather grandparents "
        "uncle aunt auntie aunty cousin brother sister sibling"
    ),
    "child": _set(
        "child children kid kids boy girl pupil student son daughter lad baby toddler infant teenager teen "
        "he she they him her them i"
    ),
    "him": _set("him her them me child children kid kids boy girl son daughter pupil student baby"),
    "he": _set("he she they child children kid kids boy girl pupil student lad son daughter"),
    "his": _set("his her their my its the a an child"),
    "said": _set(
        "said says say saying told tells telling tell disclosed discloses disclosing disclosure reports "
        "reported "
        "reporting stated states mentioned mentions explained described describes alleged alleges shared "
        "confided texted wrote drew"
    ),
    "hit": _set(
        "hit hits hitting slap slaps slapped slapping punch punches punched punching kick kicks kicked "
        "kicking smack "
        "smacks smacked smacking beat beats beating beaten batter batters battered battering whack "
        "whacks whacked "
        "whacking thump thumps thumped wallop wallops walloped belts belted belting hurt hurts hurting "
        "strike strikes "
        "struck clout clouts clouted bash bashes bashed bashing headbutt headbutted headbutts shove "
        "shoves shoved "
        "shoving whip whips whipped whipping caned pinch pinches pinched attack attacks attacked attacking "
        "burnt burned bit assault assaults assaulted assaulting abuse abuses abused abusing harm harms "
        "harmed harming "
        "leathered throttled stamped lamped clobber clobbered clobbers cuffed cuffs swipes swiped spank "
        "spanks spanked "
        "flogged thrash thrashes thrashed walloping clouting"
    ),
    "neck": _set("neck throat windpipe"),
    "instrument": _set(
        "belt buckle cane stick slipper lead rope cable wire flex whip ruler paddle hairbrush spoon "
        "hanger cord strap "
        "rod broom bat poker ladle spatula charger hosepipe"
    ),
    "weapon": _set(
        "knife knives machete blade gun firearm axe hammer bat crowbar hatchet sword pistol shotgun shank dagger"
    ),
    "private": _set(
        "privates private genitals vagina penis willy willies bottom bum breasts boobs crotch groin "
        "minnie fanny foof "
        "bits testicles balls anus dick cock knickers nipples pussy tits"
    ),
    "pills": _set(
        "pills tablets paracetamol ibuprofen medication meds aspirin antidepressants bleach codeine "
        "nurofen overdose "
        "sleepers sertraline"
    ),
    "body": _set(
        "face arm arms leg legs back neck head cheek eye eyes body bottom thigh thighs wrist wrists hand "
        "hands ear ears "
        "shoulder shoulders chest tummy stomach shin shins calf calves forehead chin jaw lip nose spine "
        "hip ribs ankle"
    ),
    "undress": _set("naked undressed nude clothes undress strip stripped topless knickers pants underwear nothing"),
    "peer": _set(
        "pupil student boy boys girl girls lad lads peer peers classmate classmates friend friends cousin "
        "brother sister"
    ),
    "online": _set(
        "online internet snapchat snap insta instagram tiktok discord roblox minecraft fortnite whatsapp "
        "telegram xbox "
        "playstation facebook messenger yubo wizz omegle kik twitch youtube app game"
    ),
    "little": _set(
        "baby newborn infant toddler toddlers reception nursery 1 2 3 4 5 6 7 8 9 two three four five six seven "
        "eight nine"
    ),
    "scared": _set("scared frightened afraid terrified petrified fearful scare scares fear fears"),
    "mark": _set(
        "bruise bruises bruising bruised mark marks scratch scratches graze grazes burn burns cut cuts "
        "welt welts scar "
        "scars lump lumps injury injuries swelling injured"
    ),
    "drunk": _set(
        "drunk intoxicated hungover wasted slurring stoned high pissed tipsy inebriated hammered plastered "
        "smashed legless paralytic sloshed bladdered trolleyed drugged"
    ),
    "drink": _set("drink drinks drinking drank alcohol booze boozing vodka wine beer alcoholic alcoholism drinker"),
    "drugs": _set(
        "drug drugs cannabis weed cocaine coke crack heroin ketamine ket spice pills amphetamines "
        "substances substance "
        "skunk marijuana methadone xanax mdma ecstasy dope"
    ),
    "filthy": _set(
        "dirty filthy smelly smells smell smelling unwashed unclean grubby stinks stinking stink soiled stained unkempt"
    ),
    "clothes": _set(
        "clothes clothing uniform shirt jumper trousers shoes coat trainers polo top socks underwear "
        "pants knickers dress"
    ),
    "food": _set("food breakfast lunch dinner tea meal meals snack snacks crisps sandwiches biscuits fruit bread"),
    "staff": _set(
        "teacher teachers ta tas lsa lsas headteacher deputy sendco senco coach tutor caretaker "
        "colleague volunteer technician minder childminder governor staff"
    ),
    "be": _set("is are was were be been being am"),
    "have": _set("has have had having"),
    "get": _set("get gets got getting gotten"),
    "do": _set("do does did doing"),
    "not": _set("not never no without"),
    "often": _set(
        "always constantly often frequently regularly repeatedly continually forever usually most every "
        "daily "
        "lots loads persistently keeps kept keep again still"
    ),
}
