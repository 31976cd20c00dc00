"""The tables of a library. SQLite is the truth; everything else can be made again from it."""

SCHEMA_VERSION = 2  # PRAGMA user_version

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: other processes may still hold it
  sha TEXT NOT NULL,              -- sha-256 of the file's bytes; the original is files/<sha>
  source TEXT NOT NULL,           -- file name as ingested
  path TEXT NOT NULL,             -- where it came from
  text TEXT NOT NULL,
  metadata TEXT NOT NULL,         -- JSON of Metadata
  told TEXT NOT NULL,             -- sha-256 of its catalogue row and sidecar, to see a change
  current INTEGER NOT NULL DEFAULT 1  -- 0: superseded, kept for quotes that cite it
);
CREATE UNIQUE INDEX documents_path ON documents (path) WHERE current = 1;
CREATE INDEX documents_sha ON documents (sha);

CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  label TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  furniture TEXT NOT NULL,
  UNIQUE (document, number)
);

CREATE TABLE tables (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  spans TEXT NOT NULL,            -- JSON: title, unit, header
  PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE passages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  section TEXT NOT NULL,          -- JSON list of headings
  kind TEXT NOT NULL,
  tbl INTEGER,
  tokens INTEGER NOT NULL,
  context TEXT NOT NULL,          -- what stands in front of the text for the embedder
  input TEXT NOT NULL             -- sha-256 of what the embedder reads
);
CREATE INDEX passages_document ON passages (document, page);
CREATE INDEX passages_input ON passages (input);

CREATE TABLE vectors (
  input TEXT PRIMARY KEY,
  vector BLOB NOT NULL,           -- float32
  spans BLOB NOT NULL             -- of its sentences or rows, see span_vectors.py
);

CREATE VIRTUAL TABLE passage_words USING fts5 (body, head, tokenize = 'porter unicode61');
CREATE VIRTUAL TABLE page_words USING fts5 (body, head, furniture, tokenize = 'porter unicode61');
"""

# Added since version 2; a library without them gets them when it is opened, filled by ingest.
ADDED = """
CREATE TABLE IF NOT EXISTS words (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE,      -- as passages spell it, in lower case
  vector BLOB NOT NULL,           -- float16, of the word read alone
  inputs INTEGER NOT NULL         -- distinct inputs whose text holds it
);
CREATE TABLE IF NOT EXISTS input_words (
  input TEXT PRIMARY KEY,
  text BLOB NOT NULL,             -- int32 ids of the passage's words, ascending
  context BLOB NOT NULL           -- the same of what stands in front of it
);
CREATE TABLE IF NOT EXISTS history (
  id INTEGER PRIMARY KEY,
  stamp TEXT NOT NULL UNIQUE      -- that the library had before a change: an index of then is ours
);
CREATE INDEX IF NOT EXISTS documents_shelf ON documents (current, id, source, metadata);
"""
