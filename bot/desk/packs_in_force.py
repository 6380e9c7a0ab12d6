"""Packs in force: what an area's answers rest on, on a day, with the revisions that people have approved.

An approved revision holds from its first day on in place of the files that the service came with, until it
is withdrawn or a later one starts. Withdrawing takes effect at once; what held on a day that is past stays
what it was.
"""

import logging
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.desk.revisions import Revision, RevisionRecords
from bot.knowledge import areas, load_area
from bot.knowledge.check import known_nationally
from bot.knowledge.checks.written import Nation
from bot.knowledge.draft import overlay
from bot.knowledge.errors import PackError, UnknownArea
from bot.knowledge.model import National, Pack
from bot.knowledge.shared import shared

log = logging.getLogger("noname.packs_in_force")


class PacksInForce:
    """The knowledge base with its approved revisions. `cache` is a folder of ours for what is laid out.

    `is_old` says whether what is known of revisions may be so no more: they are moved in other processes too.
    `areas` are those that the service came with; one that is added later is seen after a restart.
    """

    def __init__(
        self, records: RevisionRecords, root: Path, cache: Path, is_old: Callable[[], bool] = lambda: False
    ) -> None:
        self._records, self._is_old = records, is_old
        self._known: dict[str, tuple[Revision, ...]] = {}
        self.root = root
        self.cache = cache
        self.areas = areas(root)
        self._slugs = {name: a.slug for a in self.areas for name in (a.slug, a.code, f"{a.code}-{a.slug}")}
        self._load = lru_cache(maxsize=64)(self._load_area)
        self._nation = lru_cache(maxsize=8)(known_nationally)
        self._shared = lru_cache(maxsize=1)(shared)
        self._laid_out = lru_cache(maxsize=64)(self._lay_out)
        self._last: dict[str, tuple[date, Pack]] = {}
        self.unreadable: set[str] = set()

    def slug_of(self, area: str) -> str:
        """Return the short name of an area that is given by it, by its code or by its folder. Raises UnknownArea."""
        if area not in self._slugs:
            raise UnknownArea(area)
        return self._slugs[area]

    def revision_of(self, area: str, on: date, without: str = "") -> Revision | None:
        """Return the revision that an area's answers rest on, or None where it is our own files.

        `without` is the id of a revision to leave out, to see what would hold in its place.
        """
        if self._is_old():
            self.forget()
        # One dict throughout: when a revision moves meanwhile, what was read before goes into the one that is let go.
        known = self._known
        revisions = known.get(area)
        if revisions is None:
            known[area] = revisions = self._records.revisions(area)
        held = [r for r in revisions if r.is_in_force(on) and r.id != without]
        return max(held, key=lambda revision: (revision.in_force_from, revision.approved_at), default=None)

    def forget(self) -> None:
        """Ask the records again: a revision was moved."""
        self._known = {}

    def root_of(self, area: str, on: date, without: str = "") -> Path:
        """Return the root of the knowledge base that an area is read from on a day. Raises UnknownArea."""
        revision = self.revision_of(self.slug_of(area), on, without)
        if revision is None:
            return self.root
        laid_out = self._laid_out(revision.area, revision.id, revision.digest)
        if not laid_out.is_dir():
            # Somebody tidied the cache up.
            self._laid_out.cache_clear()
            laid_out = self._laid_out(revision.area, revision.id, revision.digest)
        return laid_out

    def pack_of(self, area: str, on: date) -> Pack:
        """Return an area's pack. Raises UnknownArea, or NotInForce on a day before it starts."""
        return self.pack_and_root(area, on)[0]

    def pack_and_root(self, area: str, on: date) -> tuple[Pack, Path]:
        """Return an area's pack and the root it was read from.

        A revision that cannot be read must not leave the area without thresholds: our own files stand in. For files of
        our own that were broken since they were last read, what was read then stands in, and `unreadable` names them.
        """
        slug = self.slug_of(area)
        try:
            root = self.root_of(slug, on)
            if root != self.root:
                return self._load(root, slug, on), root
        except (PackError, OSError) as broken:
            log.error("revision_unreadable area=%s kind=%s", slug, type(broken).__name__)
        return self._own(slug, on), self.root

    def _own(self, slug: str, on: date) -> Pack:
        """Return an area's pack from our own files, or the one that was read of them last."""
        held = self._last.get(slug)
        try:
            pack = self._load(self.root, slug, on)
        except (PackError, OSError) as broken:
            if held is None or held[0] > on:
                raise
            self.unreadable.add(slug)
            log.error("pack_unreadable kind=%s", type(broken).__name__)
            return held[1]
        self.unreadable.discard(slug)
        if held is None or held[0] <= on:
            self._last[slug] = (on, pack)
        return pack

    def national_of(self, on: date) -> National:
        """Return the national part. Raises NotInForce on a day before it starts."""
        return self.nation_of(on).national

    def nation_of(self, on: date) -> Nation:
        """Return what the areas' packs are checked against on a day. Raises NotInForce."""
        return self._nation(self.root, on)

    def _load_area(self, root: Path, slug: str, on: date) -> Pack:
        return load_area(root, slug, on, self._shared(self.root))

    def _lay_out(self, area: str, revision_id: str, digest: str) -> Path:
        # The digest is there for the cache: what it names never changes.
        return overlay(self.root, area, self._records.revision_files(revision_id), self.cache)
