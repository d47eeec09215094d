"""The archive's tables of stories: which there are, and what clustering goes on from."""

# what an older clustering said is made again: all articles await their places.
# first and last are the places in time of a story's reports; articles, unread, first and last count
# what was not removed, and triggers keep them
_LEAVES = """    UPDATE stories SET articles = articles - 1, unread = unread - old.unread,
        first = (SELECT min(n) FROM articles WHERE story = old.story AND removed = 0),
        last = (SELECT max(n) FROM articles WHERE story = old.story AND removed = 0)
        WHERE id = old.story;
    DELETE FROM stories WHERE id = old.story AND articles = 0;
END;"""
SCHEMA = f"""
DROP TABLE story_items;
DROP TABLE story_terms;
UPDATE articles SET story = NULL WHERE story IS NOT NULL;
INSERT OR IGNORE INTO story_pending SELECT id FROM articles;
DELETE FROM meta WHERE key = 'stories';

CREATE TABLE story_items (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL UNIQUE,
    second INTEGER NOT NULL,
    dated INTEGER NOT NULL,
    language TEXT,
    story INTEGER NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX story_items_by_story ON story_items (story);
CREATE TABLE story_terms (term TEXT PRIMARY KEY, seen INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE story_postings (
    span INTEGER NOT NULL,
    term TEXT NOT NULL,
    articles BLOB NOT NULL,
    PRIMARY KEY (span, term)
) WITHOUT ROWID;
CREATE TABLE story_copies (article INTEGER PRIMARY KEY, original INTEGER NOT NULL);
CREATE INDEX story_copies_of ON story_copies (original);

CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    articles INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    first INTEGER,
    last INTEGER
);
CREATE INDEX stories_newest ON stories (last) WHERE articles > 1;
CREATE INDEX stories_largest ON stories (articles, last) WHERE articles > 1;
CREATE INDEX stories_unread ON stories (unread > 0, last) WHERE articles > 1;
CREATE INDEX in_story ON articles (story) WHERE story IS NOT NULL AND removed = 0;

CREATE TRIGGER story_read AFTER UPDATE OF unread ON articles
WHEN new.story IS NOT NULL AND NOT new.removed AND old.unread <> new.unread
    AND old.story IS new.story AND old.removed = new.removed AND old.n = new.n BEGIN
    UPDATE stories SET unread = unread + new.unread - old.unread WHERE id = new.story;
END;
CREATE TRIGGER story_left AFTER UPDATE OF n, story, removed ON articles
WHEN old.story IS NOT NULL AND NOT old.removed
    AND (old.story IS NOT new.story OR new.removed OR old.n <> new.n) BEGIN
{_LEAVES}
CREATE TRIGGER story_joined AFTER UPDATE OF n, story, removed ON articles
WHEN new.story IS NOT NULL AND NOT new.removed
    AND (old.story IS NOT new.story OR old.removed OR old.n <> new.n) BEGIN
    INSERT INTO stories VALUES (new.story, 1, new.unread, new.n, new.n)
        ON CONFLICT (id) DO UPDATE SET articles = articles + 1, unread = unread + new.unread,
        first = min(ifnull(first, new.n), new.n), last = max(ifnull(last, new.n), new.n);
END;
CREATE TRIGGER story_lost AFTER DELETE ON articles
WHEN old.story IS NOT NULL AND NOT old.removed BEGIN
{_LEAVES}
"""

_TOLD = """SELECT story AS id, count(*) AS articles, sum(unread) AS unread, min(n) AS first,
    max(n) AS last FROM articles WHERE story IS NOT NULL AND removed = 0 GROUP BY story"""
RECOUNTED = f"""
    SELECT (SELECT count(*) FROM (SELECT * FROM stories EXCEPT {_TOLD}))
        + (SELECT count(*) FROM ({_TOLD} EXCEPT SELECT * FROM stories))"""
"""How many stories have other counts than their articles."""
RECOUNT = ("DELETE FROM stories", f"INSERT INTO stories {_TOLD}")
"""Makes the counts again."""
