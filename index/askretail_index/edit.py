"""A user's word on what a document is, put into the library: that document is embedded anew."""

from dataclasses import replace

from askretail_index.apart import draft_apart
from askretail_index.find import Place, known_companies, places
from askretail_index.library import Library, OnProgress
from askretail_index.rebuild import store_again
from askretail_ingest.edit import Edit, edited, keep_edits
from askretail_ingest.errors import BadSetting, UnreadableFile
from askretail_ingest.nouns import Document, Draft, Parsed


def describe(
    library: Library, name: str, edit: Edit, *, on_progress: OnProgress | None = None
) -> Document:
    """Change companies, period or type of one document, named by its file, path or id.

    Its words answer at once, its vectors follow; no other document is touched. Raises BadSetting
    for a name or value that there is none of, UnreadableFile when the original is lost.
    """
    with library.writing():
        place = _named(library, name)
        document = library.store.document(place.id)
        others = known_companies(library.store, but=place.id)
        metadata = edited(document.metadata, edit, known=others)
        if metadata != document.metadata:
            store_again(library, place, _draft(library, place), metadata)
            library.embed_pending(on_progress)
        return library.store.document(_named(library, str(place.path)).id)


def with_edits(library: Library, parsed: Parsed, *earlier: Place | None) -> Parsed:
    """Return a document with what the user said of its earlier versions, the first one first."""
    metadata = parsed.document.metadata
    for place in reversed(earlier):
        if place is not None:
            metadata = keep_edits(metadata, library.store.document(place.id).metadata)
    return replace(parsed, document=replace(parsed.document, metadata=metadata))


def _draft(library: Library, place: Place) -> Draft:
    original = library.original(place.sha, place.source)
    if not original.is_file():
        raise UnreadableFile(f"{place.source}: its original is lost; ingest the file again")
    try:
        return draft_apart(original)
    except UnreadableFile as error:
        raise UnreadableFile(str(error).replace(original.name, place.source)) from error


def _named(library: Library, name: str) -> Place:
    found = [p for p in places(library.store) if name in (p.source, str(p.path), p.sha)]
    if not found:
        raise BadSetting(
            f"no document {name!r} in {library.folder}: `askretail library` lists them"
        )
    if len(found) > 1:
        paths = " or ".join(str(place.path) for place in found)
        raise BadSetting(f"{len(found)} documents are called {name}: name one by its path, {paths}")
    return found[0]
