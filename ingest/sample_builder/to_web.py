"""A source as one semantic HTML page with its description in meta tags."""

from html import escape

from sample_builder.markup import STRONG, Block, Bullets, Grid, Heading, top_level
from sample_builder.source import Source

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
{metas}
</head>
<body>
<header>{head}</header>
<main>
<article>
<h1>{title}</h1>
<p class="byline">{publisher} · <time datetime="{published}">{published}</time></p>
{body}
</article>
</main>
<footer>{foot}</footer>
</body>
</html>
"""


def to_web(source: Source) -> bytes:
    """Return the document as HTML in UTF-8."""
    blocks = source.blocks
    top = top_level(blocks)
    page = PAGE.format(
        title=escape(source.title),
        metas=metas(source),
        head=escape(source.head),
        foot=escape(source.foot),
        publisher=escape(source.publisher),
        published=source.published,
        body="\n".join(_element(block, top) for block in blocks),
    )
    return page.encode()


def metas(source: Source) -> str:
    values = (
        ("author", source.publisher),
        ("date", source.published),
        ("companies", "; ".join(source.companies)),
        ("period", source.period),
        ("type", source.type),
    )
    return "\n".join(
        f'<meta name="{name}" content="{escape(value)}">' for name, value in values if value
    )


def _element(block: Block, top: int) -> str:
    if isinstance(block, Heading):
        level = 2 + block.level - top
        return f"<h{level}>{_inline(block.text)}</h{level}>"
    if isinstance(block, Bullets):
        items = "\n".join(f"<li>{_inline(item)}</li>" for item in block.items)
        return f"<ul>\n{items}\n</ul>"
    if isinstance(block, Grid):
        return _table(block)
    return f"<p>{_inline(block.text)}</p>"


def _table(grid: Grid) -> str:
    caption = f"<caption>{_inline(grid.caption)}</caption>\n" if grid.caption else ""
    rows = "\n".join(_row(row, "td") for row in grid.rows)
    head = _row(grid.header, "th")
    return f"<table>\n{caption}<thead>\n{head}\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _row(cells: tuple[str, ...], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{_inline(cell)}</{tag}>" for cell in cells) + "</tr>"


def _inline(text: str) -> str:
    return STRONG.sub(r"<strong>\1</strong>", escape(text, quote=False))
