"""A source as HTML the way filings are written: no headings, all look in the style of each run."""

from html import escape

from sample_builder.markup import STRONG, Block, Bullets, Grid, Heading
from sample_builder.source import Source
from sample_builder.to_web import metas

PAGE = """<html xmlns:ix="http://www.xbrl.org/2013/inlineXBRL">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
<title>{title}</title>
{metas}
</head>
<body>
<div style="display:none"><ix:header><ix:hidden>{published}</ix:hidden></ix:header></div>
{body}
<hr style="page-break-after:always"/>
</body>
</html>
"""
FONT = "color:#000000;font-family:'Times New Roman',sans-serif;line-height:120%"


def to_filing(source: Source) -> bytes:
    """Return the document as HTML in UTF-8."""
    byline = f"{source.publisher} · {source.published}"
    head = (_line(_run(source.title, size=14, weight=700), "center"), _line(_run(byline)))
    page = PAGE.format(
        title=escape(source.title),
        metas=metas(source),
        published=source.published,
        body="\n".join((*head, *(_element(block) for block in source.blocks))),
    )
    return page.encode()


def _run(text: str, *, size: int = 10, weight: int = 400) -> str:
    style = f"{FONT};font-size:{size}pt;font-weight:{weight}"
    bold = f'<span style="{FONT};font-size:{size}pt;font-weight:700">'
    inner = STRONG.sub(rf'</span>{bold}\1</span><span style="{style}">', escape(text, quote=False))
    return f'<span style="{style}">{inner}</span>'


def _line(inner: str, align: str = "justify") -> str:
    return f'<div style="margin-bottom:9pt;text-align:{align}">{inner}</div>'


def _element(block: Block) -> str:
    if isinstance(block, Heading):
        return _line(_run(block.text, size=14 - block.level, weight=700))
    if isinstance(block, Bullets):
        return "\n".join(_line(_run("• ") + _run(item)) for item in block.items)
    if isinstance(block, Grid):
        return _table(block)
    return _line(_run(block.text))


def _table(grid: Grid) -> str:
    caption = _line(_run(grid.caption)) if grid.caption else ""
    rows = "\n".join((_row(grid.header, 700), *(_row(row, 400) for row in grid.rows)))
    return f'{caption}\n<table style="border-collapse:collapse;width:100%">\n{rows}\n</table>'


def _row(cells: tuple[str, ...], weight: int) -> str:
    """Return a row whose figures stand in columns of their own, with empty ones between them."""
    gap = '<td colspan="3" style="padding:0 1pt"></td>'
    marked = (
        f'<td colspan="3" style="padding:2px 1pt">{_run(cell, weight=weight)}</td>'
        for cell in cells
    )
    return f"<tr>{gap.join(marked)}</tr>"
