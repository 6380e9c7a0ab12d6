"""The kit as a Word document that a screen reader can follow: real headings, real lists, named header rows."""

from datetime import UTC, datetime, time
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as WordTable

from bot.lead_kit.contents import Kit, Paragraph, Points, Table

_LANGUAGE = "en-GB"
_FONT = "Arial"
_A4 = Cm(21), Cm(29.7)
_MARGIN = Cm(2)
# Room for a pen.
_EMPTY_CELL = Cm(1.2)


def write(kit: Kit) -> bytes:
    """Return the kit as the bytes of a .docx file. Nobody is named as its author."""
    document = docx.Document()
    _describe(document, kit)
    _lay_out(document)
    document.add_heading(kit.title, level=0)
    for paragraph in kit.lead:
        document.add_paragraph(paragraph.words)
    for section in kit.sections:
        document.add_heading(section.heading, level=1)
        for part in section.parts:
            _add(document, part)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: Document, part: Paragraph | Points | Table) -> None:
    match part:
        case Paragraph():
            document.add_paragraph(part.words)
        case Points():
            _list(document, part)
        case Table():
            _table(document, part)


def _list(document: Document, points: Points) -> None:
    # Numbers are typed: those of Word run on from one list to the next.
    for place, words in enumerate(points.words, start=1):
        if points.numbered:
            document.add_paragraph(f"{place}. {words}", style="List")
        else:
            document.add_paragraph(words, style="List Bullet")


def _table(document: Document, held: Table) -> None:
    document.add_paragraph(held.caption, style="Caption").paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(held.header), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, held.header, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    _widen(table, held.widths)
    _mark_header(table)
    _tell(table, held.caption)
    for row in held.rows:
        added = table.add_row()
        for cell, words in zip(added.cells, row, strict=True):
            cell.text = words
        if "" in row:
            added.height = _EMPTY_CELL
    document.add_paragraph()


def _widen(table: WordTable, widths: tuple[float, ...]) -> None:
    """Give the columns of a table of one row their widths. Rows that are added take them over."""
    if not widths:
        return
    table.autofit = False
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        # Not every program reads the columns': each cell is told as well.
        column.width = cell.width = Cm(width)


def _mark_header(table: WordTable) -> None:
    """Mark the first row as the one that names the columns: read out, and repeated on each page."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    for tag in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(tag))


def _tell(table: WordTable, caption: str) -> None:
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), caption)
    table._tbl.tblPr.append(described)


def _describe(document: Document, kit: Kit) -> None:
    properties = document.core_properties
    properties.title, properties.language = kit.title, _LANGUAGE
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime.combine(kit.on, time(), UTC)
    _speak_english(document)


def _lay_out(document: Document) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = _A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(6)


def _speak_english(document: Document) -> None:
    """Set British English for every style, so that it is read out in the right voice."""
    found = [*document.styles.element.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))]
    for language in found:
        language.set(qn("w:val"), _LANGUAGE)
