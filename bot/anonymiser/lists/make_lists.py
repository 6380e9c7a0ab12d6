"""Make the five large word lists beside this file. Run by hand, never by the service.

Shapes: one folded word a line (lower case, accents taken off), sorted, `#` lines carry source and
licence. Names come from Faker's locales and the `names` package (United States census of 1990,
which gives British surnames widely); words come from the Debian packages wbritish-small and
wbritish (SCOWL), given as paths to their dictionary files:

    uv run --with faker==40.54.0 --with names==0.3.0 \
        bot/anonymiser/lists/make_lists.py SMALL_DICTIONARY DICTIONARY
"""

import importlib
import pkgutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
FAKER = "Faker 40.54.0 locales, MIT, https://github.com/joke2k/faker"
CENSUS = "names 0.3.0, MIT (United States census of 1990, public domain), https://github.com/treyhunner/names"
SCOWL = "SCOWL 2020.12.07 as Debian {}, free (see its copyright file), http://wordlist.aspell.net"
# Icelandic law lists some four thousand names hardly met in England, many one letter from a common word.
LEFT_OUT = {"is_IS"}
# Locales whose given names are often met in English schools; names of the others go into the rare list.
USUAL = {
    "en",
    "en_GB",
    "en_IE",
    "en_IN",
    "en_KE",
    "en_NG",
    "en_NZ",
    "en_PK",
    "en_US",
    "ga_IE",
    "ha_NG",
    "ig_NG",
}
USUAL |= {"yo_NG", "tw_GH", "pl_PL", "ro_RO", "lt_LT", "pt_PT", "sw"}
SURNAMES_TAKEN = 30_000


def fold(word: str) -> str:
    """Return the word in lower case without accents: the form in which all lists are kept."""
    plain = word.casefold().translate(str.maketrans("øłđıəħœæðþ", "oldiahoadt"))
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def parts(names: Iterable[object]) -> Iterator[str]:
    """Split `Mary-Jane` and `O'Neill`; drop what is not in Latin letters or has fewer than two."""
    for name in names:
        for part in fold(str(name)).replace("'", "").replace("’", "").replace("-", " ").split():
            if part.isascii() and part.isalpha() and len(part) > 1:
                yield part


def faker_names() -> tuple[set[str], set[str], set[str]]:
    """Collect usual first names, rare ones and surnames of every locale written in Latin letters."""
    import faker.providers.person as person  # only this script needs it

    usual: set[str] = set()
    rare: set[str] = set()
    last: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        if module.name in LEFT_OUT:
            continue
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            held = getattr(provider, attribute)
            if not isinstance(held, (tuple, list, dict)):
                continue
            if attribute.startswith("last"):
                last.update(parts(held))
            elif attribute.startswith("first"):
                (usual if module.name in USUAL else rare).update(parts(held))
    return usual, rare, last


def census_names() -> tuple[list[str], list[str]]:
    """Read the census files, commonest first."""
    import names  # only this script needs it

    folder = Path(names.__file__).parent

    def column(file: str) -> list[str]:
        return [line.split()[0].lower() for line in (folder / file).read_text().splitlines()]

    return column("dist.female.first") + column("dist.male.first"), column("dist.all.last")


def dictionary(path: str) -> set[str]:
    """Read a dictionary's lower-case words; capitalised entries are names, possessives repeat."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return {fold(w) for w in lines if w[:1].islower() and w.replace("-", "").isalpha() and len(w) > 1}


def write(name: str, words: Iterable[str], *sources: str) -> None:
    """Write one list with its head."""
    head = [f"# {source}" for source in sources] + ["# Made by make_lists.py; do not edit by hand."]
    (HERE / name).write_text("\n".join([*head, *sorted(words)]) + "\n", encoding="utf-8")


def main(small: str, fuller: str) -> None:
    """Write the five lists."""
    usual, rare, last = faker_names()
    census_first, census_last = census_names()
    common = dictionary(small)
    usual |= set(census_first)
    write("first_names.txt", usual, FAKER, CENSUS)
    write("rare_first_names.txt", rare - usual, FAKER)
    write("surnames.txt", last | set(census_last[:SURNAMES_TAKEN]), FAKER, CENSUS)
    write("common_words.txt", common, SCOWL.format("wbritish-small"))
    write("rarer_words.txt", dictionary(fuller) - common, SCOWL.format("wbritish"))


if __name__ == "__main__":
    main(*sys.argv[1:])
