"""The two apps: the widget for schools and the console for the council, each with its own routes, cookie and words."""

from dataclasses import dataclass

from fastapi import FastAPI

from bot.desk.council import Council
from bot.desk.duty.back_office import BackOffice
from bot.desk.duty.disagreeing import Disagreeing
from bot.desk.rescoring import Rescoring
from bot.desk.sampling import Sampling
from bot.web import (
    account_pages,
    anonymity_api,
    compare_pages,
    console_cases,
    console_lists,
    console_notes,
    console_pages,
    console_passing,
    console_record,
    console_settling,
    council_pages,
    embed_pages,
    knowledge_editing,
    knowledge_pages,
    ladder_pages,
    lead_kit,
    outcome_pages,
    person_api,
    plain_pages,
    practice_pages,
    record_pages,
    report_pages,
    rescoring_pages,
    sample_pages,
    session_api,
    staff_pages,
    statement_page,
    talk_api,
    widget_api,
    widget_pages,
)
from bot.web.door import Door
from bot.web.guard import LastResort, SignedInOnly, SmallBodiesOnly
from bot.web.refusals import Refusals

LARGEST_BODY = 64 * 1024
# The five files of an area at their largest, written as a form.
LARGER_BODIES = {"/duty/revisions/": 5 * 1024 * 1024}

# No measuring by the framework: what it would note of an exception may quote a person.
_NO_TELEMETRY = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind some pages, and need not be there.

    `kits` makes the documents of the lead practitioner's kit, `back_office` is what desks keep for themselves,
    `council` its own sign-in. Without `disagreeing`, `record`, `reports`, `sampling` and `rescoring` their
    pages say that something went wrong.
    """

    kits: lead_kit.Kits | None = None
    disagreeing: Disagreeing | None = None
    back_office: BackOffice | None = None
    council: Council | None = None
    record: record_pages.Records | None = None
    reports: report_pages.Reports | None = None
    sampling: Sampling | None = None
    rescoring: Rescoring | None = None


def widget_app(door: Door, behind: Behind) -> FastAPI:
    """Return the app for schools."""
    app = _app(door, Refusals(door, "/", "/api/"), openapi_url="/api/openapi.json")
    for router in (
        widget_api.router,
        anonymity_api.router,
        person_api.router,
        talk_api.router,
        outcome_pages.router,
        ladder_pages.widget(behind.disagreeing),
        record_pages.router(behind.record),
        plain_pages.router,
        widget_pages.router,
        embed_pages.router,
        account_pages.widget,
        session_api.widget,
        practice_pages.router,
        statement_page.router,
        staff_pages.router,
        staff_pages.drafts,
        compare_pages.router("/compare", from_consultations=True),
    ):
        app.include_router(router)
    if behind.kits:
        app.include_router(lead_kit.router(behind.kits))
    return app


def console_app(door: Door, behind: Behind) -> FastAPI:
    """Return the app for the council."""
    app = _app(door, Refusals(door, "/duty/sign-in", "/duty/api/"), openapi_url=None)
    app.state.back_office, app.state.council = behind.back_office, behind.council
    for router in (
        console_pages.router,
        council_pages.router,
        account_pages.console,
        session_api.console,
        console_cases.router,
        console_passing.router,
        console_settling.router,
        console_record.router(behind.record),
        ladder_pages.console(behind.disagreeing),
        console_notes.router,
        console_lists.router,
        knowledge_pages.router,
        knowledge_editing.router,
        report_pages.router(behind.reports),
        sample_pages.router(behind.sampling),
        rescoring_pages.router(behind.rescoring),
        compare_pages.router("/duty/compare", from_consultations=False),
    ):
        app.include_router(router)
    return app


def _app(door: Door, refusals: Refusals, openapi_url: str | None) -> FastAPI:
    app = FastAPI(
        title="noname",
        description="No-name consultations: what the widget says to the service.",
        docs_url=None,  # its page would fetch scripts from another site
        redoc_url=None,
        openapi_url=openapi_url,
        redirect_slashes=False,  # an address that is led on would hold whatever host the request names
        telemetry=_NO_TELEMETRY,
    )
    app.state.door, app.state.refusals = door, refusals
    refusals.teach(app)
    # The last added is the outermost.
    app.add_middleware(SmallBodiesOnly, largest=LARGEST_BODY, larger=LARGER_BODIES, refuse=refusals)
    app.add_middleware(SignedInOnly, door=door, refuse=refusals)
    app.add_middleware(LastResort, refuse=refusals)
    return app
