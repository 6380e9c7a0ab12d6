"""The words that answer a question of the consultation before it is asked.

By question and value, in the pattern language. Read only where the text says it outright: what is
denied, doubted or supposed answers nothing, but for `injury`, where "no bruises" is the answer `none`.
"""

from collections.abc import Mapping

SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "open_case": {
        "cp": (
            "on|under|has|got a? cp|cpp", "child protection plan|register", "cp plan",
            "on|under a? child protection", "under section? 47|s47", "is cp",
            "child protection|initial|review conference", "case conference", "icpc|rcpc", "core group",
            "strategy discussion|meeting",
        ),
        "looked_after": (
            "looked after child", "is a? lac|cla|cic", "lac|cla child|review|pupil|pep", "in foster care", "in care",
            "foster carer|carers|placement|mum|dad|parents|family", "under|on a care order", "in residential care",
            "children home", "under section? 20|s20",
        ),
        "cin": (
            "on|under|has|got a? cin", "cin plan|case|meeting|meetings", "child in need plan|case|meeting",
            "on|under a? child in need", "under section? 17|s17",
            "has|have|got|with an|a|his|her|their|allocated? allocated|named|new|own? social worker|workers",
            "open to social care|services|worker|csc|cs", "his|her|their|the|current|allocated social worker",
            "under social care|services|csc", "known to social care currently|now",
        ),
        "early_help": (
            "open|currently|still ... early help", "on an|a? early help", "has|have|got an|a early help|fsw",
            "early help is|are|worker currently? involved|open|working|in", "early help|tac|taf in place",
            "early help worker", "family support worker", "tac|taf meetings", "open|known to early help",
        ),
        "no": (
            "not open to social care|services|csc|anyone|anything",
            "not known to social care|services|csc", "no social worker", "no social care|services involvement",
            "no current? involvement from|with|by? social", "case closed|is closed", "closed to social care|csc|services",
            "does not have a social worker", "not got a social worker",
        ),
    },
    "tried": {
        "early_help_plan": (
            "early help ... plan|assessment|closed|ended|support|worker|referral|before|previously|last|tried|declined",
            "eha|ehip|caf|taf|tac ... closed|ended|done|completed|tried|last|before|meetings|meeting|plan|in",
            "had|did|done|tried|completed|opened|run an? eha|caf|tac|taf|early", "family support worker ... closed|before",
        ),
        "consulted_twice": (
            "third|fourth|fifth|3rd|4th consultation|consult", "third|fourth|fifth|3rd|4th no name|names",
            "third|fourth|fifth|3rd|4th conversation with social care",
            "consulted|asked social care ... twice|several|three|third|multiple",
            "no name|names consultation|consultations ... twice|several|three|third|multiple",
        ),
        "referred_before": (
            "referred|refered ... times|before|already|previously|again|twice|nfa|multiple|numerous",
            "referred|reported ... to ... mash|csc|social|front|children|first|duty",
            "referrals|referral ... nfa|rejected|refused|closed|before|already|times|sent|not|no",
            "have|had|already made|put|sent|submitted ... referral|referrals", "previous|earlier|past|second|third|fourth|"
            "two|three|four|five|several|multiple|many referral|referrals", "nfa again|every|each|time|last",
            "nfad|nfaed|nfa", "mash|csc|social ... closed|nfa|rejected|stepped",
            "was|were|been on a? cp|cin|child plan|protection|in", "used to be|have on|a cp|cin|social|child",
        ),
        "school_support": (
            "elsa", "pastoral support|team|lead|mentor|worker|check|checks|plan", "breakfast club", "nurture group|room|provision",
            "learning mentor", "school counsellor|counselling|counselor", "check ins", "play therapy|therapist", "mentoring",
            "attendance meeting|meetings|plan|officer|panel|contract", "home visit|visits", "food bank|parcel|parcels|vouchers",
            "we have been giving|feeding|providing|washing|supporting", "thrive sessions|group", "zones of regulation",
            "met|meeting|meetings|spoke|spoken with|to mum|dad|parents|mother|father",
        ),
        "nothing_yet": (
            "nothing tried|done|in place|yet", "not tried|done anything", "no support in place|yet", "no help tried|yet",
        ),
    },
    "how_often": {
        "over_6_months": (
            "for|over|past many|several|the|a|few|couple|last? of? months|years|yrs", "for|over the? past|last? year", "over|more|nearly|almost a|than? a? year",
            "six|seven|eight|nine|ten|eleven|6|7|8|9|10|11|12|18 months", "since last year|summer|easter|spring|christmas",
            "two|three|four|five|2|3|4|5 years now|ago|running", "years of", "months now|on|and", "all academic? year",
            "since reception|nursery|year|birth", "long standing|term|time", "for ages|years|months|yrs",
        ),
        "daily": (
            "every|each day|morning|night|afternoon|single|lesson|playtime|break|lunch|evening", "daily", "most days|mornings|nights",
            "all the time", "everyday", "nearly|almost every day", "constantly", "day after|in day",
        ),
        "weekly": (
            "every|each|once|twice|times a? week|weekend|monday|tuesday|wednesday|thursday|friday", "weekly", "most weeks|weekends|mondays|fridays",
            "every|each other|few day|days|week", "three|two|couple|few|2|3|4 of? times a|per|this|last week", "days a|per|each week",
        ),
        "few": (
            "a few|couple|handful of? times|occasions|incidents", "twice|thrice", "two|three|four|five|2|3|4|5|several|multiple|a times|occasions",
            "second|third|fourth|2nd|3rd|4th|5th time", "on and off", "now and then|again", "sometimes|occasionally",
        ),
        "once": ("one off", "happened once", "single incident|occasion", "just|only the? once", "first time ... happened|seen|said",
                 "just|only one|1 time"),
    },
    "trend": {
        "worse": (
            "getting|got|gets|gotten|become|becoming|became|gone|much|lot worse", "worsen*", "escalat*", "deteriorat*", "more and more",
            "increas*", "going downhill", "more frequent|often|regularly|regular", "on the increase|rise", "gone|going down hill",
        ),
        "better": ("getting|got|gets|gotten|become|much|bit|lot better", "improved|improving|improves", "settled down", "has|have improved"),
        "same": ("no change|better|improvement|different", "not|never improved|changed|improving|changing|better", "nothing changes|changed|has",
                 "the same as", "still the same", "no worse"),
        "sudden": ("suddenly", "all of a? sudden", "out of character|nowhere|blue", "sudden change|changes|drop|shift", "overnight he|she|they",
                   "completely different child|boy|girl|person"),
    },
    "parents_know": {
        "agree": (
            "@parent ... agree|agrees|agreed|agreeing|consents|consented|consenting", "@parent ... given|gave|gives|has|have consent|permission",
            "@parent ... on board", "@parent happy|wants|want|wanting|willing|asking|asked ... referral|help|support|early",
            "@parent know|knows|aware and agree*|agrees|happy|support*", "@parent asked for help", "got consent", "we have consent",
            "@parent accept|accepts|accepted ... help|support|referral",
        ),
        "refuse": (
            "@parent ... refus* ... consent|referral|early|help|support|engage|agree|permission", "@parent ... not consent|agree|agreed|consented",
            "@parent ... not want ... social|referral|involved|help|early|support|services", "refus* consent", "no consent", "without consent",
            "@parent ... said no to", "@parent declined|declines|declining|withdrew|withdrawn ... consent|help|support|referral|early|all",
            "@parent ... not engage|engaging|engaged",
        ),
        "would_raise_risk": (
            "telling|tell|told|tells|speaking|speak|talking|ringing|contacting|informing|asking|calling to? @parent ... ... worse|risk|danger|hurt|unsafe|beaten|hit",
            "worse if|for ... told|tell|know|knows|ring|find|finds|speak|call", "if @parent find|finds|found|knew|know|knows ... hurt|kill|beat|hit|worse|trouble|risk",
            "not safe to tell|speak|talk|ring|contact|inform|call", "unsafe to tell|speak|contact|inform", "@him at|in more? risk|danger if ... tell|told|speak|contact|call",
        ),
        "want_advice": (
            "should|do|can|shall i|we need|have? to? tell|inform|speak|contact|call|ring|talk|phone|ask|share to|with? the|his|her|their? @parent",
            "whether|if to|i|we should? tell|inform|speak|contact|call|ring|talk to? the? @parent",
        ),
    },
    "how_known": {
        "child_said": (
            "@he|twin|brother|sister|sibling told|tells|telling|disclosed|discloses|confided ... me|us|ta|teacher|staff|friend|friends|class|school|lsa|dinner|the|his|her|in",
            "@he|who has|have just? told|disclosed|said|admitted", "@he said|says|saying|described|describes|mentioned|wrote|drew|reports", "disclosed|discloses|disclosure",
            "told|telling the|his|her|a|our class|form? ta|teacher|staff|tutor|lsa|senco|school", "@child|he|she saying|telling", "in his|her own words",
        ),
        "i_saw": (
            "i|we|staff|ta|teacher|tas|school have|has? saw|seen|noticed|observed|witnessed|found|spotted", "seen|noticed|spotted|observed by ta|staff|teacher|us|me",
            "@staff|ta|teacher saw|noticed|observed|spotted|witnessed|heard|overheard", "i have seen", "staff have seen|noticed|seeing", "i heard",
        ),
        "another_child": (
            "another|other|different child|pupil|student|girl|boy|children|kids|pupils|students ... told|said|says|saying|reported|tell|heard|showed",
            "friend|friends|classmate|classmates|peer|peers|mate ... told|said|says|saying|reported|showed|came|disclosed", "sister|brother|sibling told|said|says|disclosed",
        ),
        "parent_said": (
            "@mum|@dad|nan|nana|gran|grandma|grandmother|grandad|aunt|auntie|uncle|carer|parent told|tells|said|says|rang|phoned|called|reported|reports|emailed|disclosed|admitted|admits|came",
        ),
        "professional": (
            "operation|op encompass", "encompass", "police|gp|hv|nurse|doctor|hospital|camhs|paramedics|paediatrician|dentist told|said|says|rang|called|notified|contacted|reported|informed|shared|letter",
            "health visitor told|said|says|rang|called|reported|shared", "social worker told|said|says|rang|called|shared", "from the? police|gp|health|nurse|hospital|camhs",
            "previous|last|his|her|old school told|said|reported|shared|passed|rang",
        ),
        "rumour": ("rumour*", "gossip*", "word is", "kids|children|pupils|people are saying", "going round|around the? school|that|year|playground", "overheard|hearsay"),
    },
    "effect": {
        "health_or_development": (
            "losing|lost weight", "not growing", "affecting|affects|impacting|impact|effect on? his|her|their|the health|development|sleep|growth|speech",
            "not gaining|putting weight|on", "ended up in hospital", "admitted to hospital",
        ),
        "school_and_friends": (
            "affect*|impact* ... learning|school|work|progress|friendships|friends|attainment|attendance|concentration|education|grades|lessons|behaviour",
            "fall*|slipping|behind behind|back|in? with|his|her|at|in school|work|learning|class|lessons|studies", "can|could not concentrate|focus|learn",
            "grades|work|attainment|progress ... dropped|slipping|slipped|gone|dipped|declined|falling|suffering", "lost his|her|all friends",
        ),
        "none_seen": ("no impact|effect|affect", "not affecting|impacting", "not affected|impacted"),
    },
    "injury": {
        "seen": (
            "bruise|bruises|bruising|bruised", "mark|marks", "injury|injuries|injured", "burn|burns", "scratch|scratches", "cut|cuts", "black eye", "lump|lumps",
            "fracture|fractures|broken", "bump|bumps|graze|grazes|welt|welts|scar|scars|wound|wounds|swelling|swollen",
        ),
        "does_not_fit": (
            "not|never|hardly fit|match|add|consistent|tally|make|ring|explain ... injury|injuries|bruise|bruises|mark|marks|explanation|story|up|with|sense|true|account",
            "inconsistent|different|conflicting|changing|contradictory|implausible|unlikely|various story|stories|explanation|explanations|account|accounts|reasons|versions",
            "story|stories|explanation|explanations|account|version keeps|keep|kept|changed|changes|changing|has|do|does|did ... chang*|different|not",
            "changed|changes|changing|keeps his|her|their|the|changing? story|explanation|account|mind", "inconsistent with",
        ),
        "no_explanation": (
            "no explanation|reason|account|idea", "can|could|will|would|does|did|do not explain|say|tell|know|remember|disclose ... how|what|who|where|happened|it|bruise*|injur*|mark|marks",
            "unexplained ... bruis*|injur*|mark|marks|burn*", "nobody|noone|no knows|explained|one ... how|knows", "not been explained", "unexplained", "can not explain", "will not say",
            "not explained", "no one can explain",
        ),
        "non_mobile": ("non mobile", "immobile", "not yet? mobile|crawling|walking|rolling|moving", "can|does not crawl|walk|move|roll|sit", "pre mobile|crawling"),
        "explained": (
            "explanation|story|account|that fits|fitted|matches|matched|plausible|makes|adds|tallies ... sense|up|with|injury|bruise|mark|and", "consistent with the|his|her|what|mum|dad|a",
            "plausible|reasonable|credible explanation|account", "explanation was|is plausible|reasonable|credible|consistent|fine",
        ),
    },
    "baby_at_home": {
        "yes": (),
        "no": ("only child", "no siblings|brothers|babies", "no other|younger children|siblings", "no baby"),
    },
    "goes_home": {
        "today": (
            "go|goes|going|home|collected|collects|picked|picking|pick|back|returns|returning|see|sees|seeing ... today|tonight|afternoon|evening|lunchtime",
            "home|collected|picked|back ... end of the? day", "go|goes|going home in|at|soon|now|with", "@parent|nan coming|collecting|picking ... today|now|soon|minutes|hour|afternoon",
        ),
    },
}  # fmt: skip
