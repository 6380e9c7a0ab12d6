"""Detectors: one file for each kind of identifier, each with one function, `find(page) -> Iterator[Mark]`.

`STRUCTURED` go first and by rule; checksums never decide, for a mistyped number still points to a child.
`NAMES` then read the page with the numbers already gone. To add one, write its file and name it here.
`address` and `school` are put together from files that are no detectors by themselves and say so.
May import: bot.anonymiser.page, bot.anonymiser.placeholders.
"""

from bot.anonymiser.detectors import (
    address,
    bare,
    called,
    capitalised,
    case_reference,
    clause,
    coordinate,
    date,
    email,
    family,
    full_name,
    handle,
    hyphenated,
    kin,
    listed,
    misspelt,
    modelled,
    nhs_number,
    ni_number,
    other_script,
    phone,
    postcode,
    preposition,
    school,
    sign_off,
    spoken_number,
    title,
    upn,
    url,
    vehicle,
)

# In order of precedence: where two overlap, the stretch is joined and the first one's kind is given.
STRUCTURED = (
    email.find,
    url.find,
    upn.find,
    nhs_number.find,
    phone.find,
    ni_number.find,
    date.find,
    spoken_number.find,
    vehicle.find,
    postcode.find,
    address.find,
    school.find,
    handle.find,
    case_reference.find,
    other_script.find,
)
NAMES = (
    title.find,
    called.find,
    kin.find,
    family.find,
    sign_off.find,
    listed.find,
    full_name.find,
    clause.find,
    preposition.find,
    capitalised.find,
    misspelt.find,
    bare.find,
    coordinate.find,
)
# These ask the name model, which reads a text in some milliseconds: last, and only what is left.
MODELLED = (
    modelled.find,
    hyphenated.find,
)
