"""Lists that other programs export: addresses with tags and marks, or whole texts."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reader.intake import ImportOptions, import_paths, read_paths
from reader.library import Library
from reader.model import Article, Failure

FIRST = "The river office of Orrin opened the new gates on Friday, two years later than planned."
SECOND = "Boats pass through them at any hour, and the old lock is to be filled with sand."
HTML = f"<p>{FIRST}</p><p>{SECOND}</p>"
URL = "https://tolm.example/gates"


def articles(data: str | bytes, name: str = "", tmp_path: Path | None = None) -> list[Article]:
    """Return what a file becomes (or standard input, when it has no name)."""
    found = all_of(data, name, tmp_path)
    assert not [each for each in found if isinstance(each, Failure)], found
    return [each for each in found if isinstance(each, Article)]


def all_of(data: str | bytes, name: str = "", tmp_path: Path | None = None) -> list[Any]:
    raw = data.encode() if isinstance(data, str) else data
    if not name or tmp_path is None:
        return list(read_paths(["-"], stdin=io.BytesIO(raw)))
    path = tmp_path / name
    path.write_bytes(raw)
    return list(read_paths([str(path)]))


def kept(library: Library, path: Path) -> list[tuple[Article, Any]]:
    """Return the articles that an import brought, with their marks."""
    report = import_paths(library, [str(path)])
    assert report.failed == ()
    found = [library.article(id_) for id_ in (*report.added, *report.unchanged, *report.changed)]
    return [(article, library.notebook.marks(article.id)) for article in found]


POCKET = (
    "title,url,time_added,tags,status\n"
    f'"Gates, at last",{URL},1741120000,river|gates,unread\n'
    "https://tolm.example/lock,https://tolm.example/lock,1741120001,,archive\n"
)
INSTAPAPER = (
    "URL,Title,Selection,Folder,Timestamp,Tags\n"
    f'{URL},"Gates, at last",,Unread,1741120000,"[""river"",""gates""]"\n'
    "https://tolm.example/lock,The lock,,Archive,1741120001,[]\n"
    "https://tolm.example/sand,Sand,,Starred,1741120002,[]\n"
    "https://tolm.example/boat,Boats,,To quote,1741120003,[]\n"
)
RAINDROP = (
    "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
    f'9,"Gates, at last",,Two years late.,{URL},Rivers,"river, gates",'
    "2025-03-04T20:26:40.000Z,,,true\n"
)
READWISE = (
    "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
    f"\"Gates, at last\",{URL},01ja,\"['river', 'gates']\","
    "2025-03-04 20:26:40+00:00,0.5,archive,True\n"
)
MATTER = (
    "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,"
    "Last Interaction Date,File Id\n"
    f'"Gates, at last",Ida Holm,Tolm Mail,{URL},"river;gates",300,True,True,False,0,2025-03-04,x\n'
)
WALLABAG = (
    '"Title";"URL";"Content";"Tags";"MIME Type";"Language";"Creation date"\n'
    f'"Gates, at last";"{URL}";"{HTML}";"river, gates";"text/html";"en";"04/03/2025 20:26:40"\n'
)


@pytest.mark.parametrize("table", [POCKET, INSTAPAPER, RAINDROP, READWISE, MATTER, WALLABAG])
@pytest.mark.parametrize("ending", [".csv", ".txt", ""])
def test_a_table_of_saved_pages_is_an_article_for_each(
    library: Library, tmp_path: Path, table: str, ending: str
) -> None:
    path = tmp_path / f"export{ending}"
    path.write_text(table)
    article, marks = kept(library, path)[0]
    assert (article.title, article.url) == ("Gates, at last", URL)
    assert sorted(marks.tags, key=str.casefold)[:2] in (["gates", "river"], ["gates", "River"])
    assert "," not in article.title.replace("Gates, at last", "")
    assert article.identity == f"url:{URL}"


def test_the_state_of_a_saved_page_comes_along(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "instapaper.csv"
    path.write_text(INSTAPAPER)
    gates, lock, sand, boats = (marks for _, marks in kept(library, path))
    assert (gates.read, lock.read, sand.read) == (False, True, False)
    assert (gates.starred, sand.starred) == (False, True)
    assert boats.tags == ("To quote",)


def test_a_saved_page_came_in_when_it_was_saved_and_has_no_day_of_its_own() -> None:
    (article, lock) = articles(POCKET)
    assert article.added == datetime(2025, 3, 4, 20, 26, 40, tzinfo=UTC)
    assert article.published is None
    assert article.excerpt
    assert article.text == ""
    assert lock.title == "https://tolm.example/lock"


def test_a_table_with_texts_is_an_article_for_each_row() -> None:
    table = f'headline;text;outlet;date\n"Gates open";"{FIRST}\n\n{SECOND}";Tolm Mail;2025-03-04\n'
    (article,) = articles(table)
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (article.source, article.title) == ("Tolm Mail", "Gates open")
    assert article.published == datetime(2025, 3, 4, tzinfo=UTC)


def test_tables_as_spreadsheets_save_them() -> None:
    for data in (f"\ufeffsep=;\r\nTITLE;URL\r\nGates;{URL}\r\n", f"Title\tLink\nGates\t{URL}\n"):
        for raw in (data.encode(), data.encode("utf-16")):
            (article,) = articles(raw)
            assert (article.title, article.url) == ("Gates", URL)


def test_objects_in_lines_are_read_whatever_the_file_is_called(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"title": f"Gates {n}", "text": FIRST}) + "\n" for n in range(3))
    for name in ("a.json", "a.txt", "a"):
        assert len(articles(rows, name, tmp_path)) == 3


def test_a_bad_row_is_named_and_the_others_are_taken() -> None:
    found = all_of(f"title,url\nA,mailto:a@tolm.example\nB,{URL}\n,,\nC\n")
    assert [type(each) for each in found] == [Failure, Article, Failure]
    assert found[0].input == "-, row 2"
    assert "nor an http" in found[0].reason


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    rows = "Day,Depth,Flow\n" + "\n".join(f"2025-03-0{n},4.{n},12" for n in range(1, 9))
    for name in ("gauge.csv", "gauge.txt"):
        (failed,) = all_of(rows, name, tmp_path)
        assert isinstance(failed, Failure)
        assert "table" in failed.reason


NETSCAPE = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file. -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Lesezeichen-Symbolleiste</H3>
    <DL><p>
        <DT><H3>Rivers</H3>
        <DL><p>
            <DT><A HREF="{URL}" ADD_DATE="1741120000" TAGS="gates">Gates, at last</A>
            <DD>Two years late, and dearer.
            <DT><A HREF="place:sort=8">Most visited</A>
        </DL><p>
        <DT><A HREF="https://tolm.example/lock" ADD_DATE="1741120001">The lock</A>
    </DL><p>
    <DT><A HREF="https://tolm.example/sand">Sand</A>
</DL>"""
POCKET_PAGE = f"""<!DOCTYPE html><html><head><title>Pocket Export</title></head><body>
<h1>Unread</h1><ul>
<li><a href="{URL}" time_added="1741120000" tags="river,gates">Gates, at last</a></li></ul>
<h1>Read Archive</h1><ul>
<li><a href="https://tolm.example/lock" time_added="1741120001" tags="">The lock</a></li></ul>
</body></html>"""


def test_bookmarks_are_articles_with_their_folders_as_tags(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "bookmarks.html"
    path.write_text(NETSCAPE)
    (gates, of_gates), (lock, of_lock), (sand, of_sand) = kept(library, path)
    assert (gates.title, gates.text) == ("Gates, at last", "Two years late, and dearer.")
    assert of_gates.tags == ("gates", "Rivers")
    assert (lock.title, of_lock.tags) == ("The lock", ())
    assert (sand.title, of_sand.tags) == ("Sand", ())


def test_a_long_list_of_bookmarks_comes_whole() -> None:
    rows = (f'<DT><A HREF="{URL}/{n}" ADD_DATE="1741120000">Page {n}</A>\n' for n in range(1500))
    found = articles(f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n{''.join(rows)}</DL><p>")
    assert [each.title for each in found] == [f"Page {n}" for n in range(1500)]
    items = "".join(f'<li><a href="{URL}/{n}">Page {n}</a></li>' for n in range(1500))
    pocket = f"<!DOCTYPE html><title>Pocket Export</title><h1>Unread</h1><ul>{items}</ul>"
    assert len(articles(pocket)) == 1500


def test_pockets_page_has_unread_and_read(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "ril_export.html"
    path.write_text(POCKET_PAGE)
    (gates, of_gates), (_, of_lock) = kept(library, path)
    assert (gates.url, of_gates.tags, of_gates.read) == (URL, ("gates", "river"), False)
    assert of_lock.read


WALLABAG_JSON = {
    "id": 12, "title": "Gates open", "url": URL, "content": HTML, "is_archived": 1,
    "is_starred": 1, "tags": ["river"], "created_at": "2025-03-04T20:26:40+0000",
    "published_at": "2025-03-03T10:00:00+0000", "published_by": ["Ida Holm"], "language": "en",
    "domain_name": "tolm.example", "mimetype": "text/html",
}  # fmt: skip
STARRED = {
    "id": "user/1/state/com.google/starred",
    "items": [
        {
            "id": "tag:google.com,2005:reader/item/1", "title": "Gates &amp; locks",
            "published": 1741000000, "crawlTimeMsec": "1741120000000", "author": "Ida Holm",
            "canonical": [{"href": URL}], "summary": {"content": HTML},
            "origin": {"title": "Tolm Mail", "htmlUrl": "https://tolm.example"},
            "categories": ["user/1/label/river", "user/1/state/com.google/read"],
        }
    ],
}  # fmt: skip
OMNIVORE = {
    "id": "x1", "slug": "gates-open-1", "title": "Gates open", "description": "Two years late.",
    "author": "Ida Holm", "url": URL, "state": "Archived", "readingProgress": 20,
    "thumbnail": None, "labels": ["river"], "savedAt": "2025-03-04T20:26:40.000Z",
    "publishedAt": "2025-03-03T10:00:00.000Z",
}  # fmt: skip


def test_wallabags_articles_come_with_text_author_day_and_marks(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "wallabag.json"
    path.write_text(json.dumps([WALLABAG_JSON]))
    ((article, marks),) = kept(library, path)
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (article.author, article.language, article.excerpt) == ("Ida Holm", "en", False)
    assert article.published == datetime(2025, 3, 3, 10, tzinfo=UTC)
    assert (marks.read, marks.starred, marks.tags) == (True, True, ("river",))


@pytest.mark.parametrize("items", [STARRED, STARRED["items"]])
def test_starred_articles_of_a_feed_reader(library: Library, tmp_path: Path, items: Any) -> None:
    path = tmp_path / "starred.json"
    path.write_text(json.dumps(items))
    ((article, marks),) = kept(library, path)
    assert (article.title, article.source) == ("Gates & locks", "Tolm Mail")
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (marks.read, marks.tags) == (True, ("river",))
    assert marks.starred is (items is STARRED)


def test_omnivores_texts_lie_beside_its_list(library: Library, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "gates-open-1.html").write_text(HTML)
    secret = {**OMNIVORE, "slug": "../../secret", "url": "https://tolm.example/other"}
    (tmp_path / "metadata_0_to_20.json").write_text(json.dumps([OMNIVORE, secret]))
    (article, marks), (other, _) = kept(library, tmp_path)
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert (marks.read, marks.tags) == (True, ("river",))
    assert (other.text, other.excerpt) == ("Two years late.", True)
    assert library.count() == 2


CSL = {
    "id": "holm2025", "type": "article-newspaper", "title": "Gates open", "URL": URL,
    "container-title": "Tolm Mail", "author": [{"family": "Holm", "given": "Ida"}],
    "issued": {"date-parts": [["2025", 3, 4]]}, "abstract": f"{FIRST} {SECOND}",
}  # fmt: skip


def test_references_of_zotero_have_abstracts() -> None:
    (article,) = articles(json.dumps([CSL]))
    assert (article.source, article.author, article.url) == ("Tolm Mail", "Ida Holm", URL)
    assert article.published == datetime(2025, 3, 4, tzinfo=UTC)
    assert article.text == f"{FIRST} {SECOND}"
    assert article.excerpt
    (undated,) = articles(json.dumps([{**CSL, "issued": {"date-parts": [[2025]]}}]))
    assert undated.published is None


def test_zoteros_own_json() -> None:
    item = {"itemType": "newspaperArticle", "title": "Gates open", "url": URL, "date": "2025-03-04",
            "creators": [{"firstName": "Ida", "lastName": "Holm"}], "abstractNote": FIRST,
            "publicationTitle": "Tolm Mail", "tags": [{"tag": "river"}]}  # fmt: skip
    for data in ({"items": [item]}, [item], [{"key": "A", "library": {}, "data": item}]):
        (article,) = articles(json.dumps(data))
        assert (article.author, article.source, article.text) == ("Ida Holm", "Tolm Mail", FIRST)
        assert (article.url, article.excerpt) == (URL, True)


def test_numbers_of_two_lists_are_no_identity(library: Library, tmp_path: Path) -> None:
    for name, title in (("a.csv", "Gates"), ("b.csv", "Lock")):
        (tmp_path / name).write_text(f'id,title,content\n1,{title},"{FIRST}"\n')
    report = import_paths(library, [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")])
    assert (len(report.added), report.changed) == (2, ())


FIREFOX = {
    "guid": "root________", "root": "placesRoot", "type": "text/x-moz-place-container",
    "children": [{"guid": "menu________", "title": "menu", "children": [
        {"title": "Rivers", "children": [
            {"title": "Gates open", "uri": URL, "dateAdded": 1741120000000000, "tags": "gates"}]},
        {"title": "Most visited", "uri": "place:sort=8"}]}],
}  # fmt: skip
CHROME = {
    "checksum": "x", "version": 1,
    "roots": {"bookmark_bar": {"name": "Bookmarks bar", "type": "folder", "children": [
        {"name": "Rivers", "type": "folder", "children": [
            {"name": "Gates open", "url": URL, "date_added": "13385593600000000"}]}]}},
}  # fmt: skip
PINBOARD = [{"href": URL, "description": "Gates open", "extended": "Late.", "tags": "river gates",
             "time": "2025-03-04T20:26:40Z", "toread": "no", "shared": "no"}]  # fmt: skip
KARAKEEP = {"bookmarks": [{"createdAt": 1741120000, "title": "Gates open", "tags": ["river"],
                           "content": {"type": "link", "url": URL}}]}  # fmt: skip
LINKWARDEN = {"collections": [{"name": "Rivers", "links": [
    {"name": "Gates open", "url": URL, "tags": [{"name": "gates"}],
     "createdAt": "2025-03-04T20:26:40Z"}]}]}  # fmt: skip


@pytest.mark.parametrize("data", [FIREFOX, CHROME, PINBOARD, KARAKEEP, LINKWARDEN])
def test_links_of_browsers_and_link_keepers(library: Library, tmp_path: Path, data: Any) -> None:
    path = tmp_path / "links.json"
    path.write_text(json.dumps(data))
    ((article, marks),) = kept(library, path)
    assert (article.title, article.url, article.added.year) == ("Gates open", URL, 2025)
    assert marks.tags


def test_objects_with_other_names_for_the_same_things() -> None:
    record = {
        "headline": "Gates open", "content": HTML, "link": URL, "source": {"name": "Tolm Mail"},
        "publishedAt": "2025-03-04T10:00:00Z", "byline": "By Ida Holm",
    }  # fmt: skip
    for data in ([record], {"status": "ok", "articles": [record]}):
        (article,) = articles(json.dumps(data))
        assert article.text == f"{FIRST}\n\n{SECOND}"
        assert (article.source, article.author, article.url) == ("Tolm Mail", "Ida Holm", URL)
    (bare,) = articles(json.dumps({"title": "Gates", "url": URL}))
    assert bare.excerpt
    (scraped,) = articles(json.dumps({"title": "Gates open", "text": FIRST, "source": URL}))
    assert (scraped.url, scraped.source) == (URL, "")


ODD: list[Any] = [None, 5, -1, 1e300, True, "", "x", [], {}, [None], {"content": 5}, [[["a"]]]]


@pytest.mark.parametrize("odd", ODD, ids=map(str, range(len(ODD))))
def test_values_of_other_kinds_than_they_should_be_end_nothing(odd: Any) -> None:
    for known in (WALLABAG_JSON, STARRED["items"][0], OMNIVORE, CSL, PINBOARD[0]):  # type: ignore[index]
        items = [{**known, key: odd} for key in known]
        assert len(all_of(json.dumps(items))) in {1, len(items)}


@pytest.mark.parametrize(
    "data",
    [
        {"name": "reader", "version": "1.0", "dependencies": {"x": "1"}},
        {"title": "Schema", "type": "object", "properties": {}},
        [1, 2, 3],
        [["a", "b"]],
        {"features": [{"geometry": {"type": "Point"}}]},
        {"a": {"b": {"c": []}}},
    ],
)
def test_json_of_unknown_shape_is_refused(tmp_path: Path, data: Any) -> None:
    (failed,) = all_of(json.dumps(data), "x.json", tmp_path)
    assert isinstance(failed, Failure)
    assert "form that is not known" in failed.reason


# What is there already


def test_an_address_never_takes_the_place_of_the_article(library: Library, tmp_path: Path) -> None:
    whole, pocket = tmp_path / "wallabag.json", tmp_path / "pocket.csv"
    whole.write_text(json.dumps([WALLABAG_JSON]))
    pocket.write_text(POCKET)
    (added,) = import_paths(library, [str(whole)]).added
    report = import_paths(library, [str(pocket)])
    assert added in report.unchanged
    assert library.article(added).text == f"{FIRST}\n\n{SECOND}"
    other_way = import_paths(library, [str(pocket), str(whole)])
    assert other_way.changed == ()


def test_a_text_that_comes_later_fills_the_address(library: Library, tmp_path: Path) -> None:
    pocket, whole = tmp_path / "pocket.csv", tmp_path / "wallabag.json"
    pocket.write_text(POCKET)
    whole.write_text(json.dumps([WALLABAG_JSON]))
    first = import_paths(library, [str(pocket)])
    assert import_paths(library, [str(whole)]).changed == (first.added[0],)
    assert library.article(first.added[0]).text == f"{FIRST}\n\n{SECOND}"


def test_the_same_list_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    for name, data in (("a.csv", INSTAPAPER), ("b.html", NETSCAPE)):
        (tmp_path / name).write_text(data)
    first = import_paths(library, [str(tmp_path / "a.csv"), str(tmp_path / "b.html")])
    again = import_paths(library, [str(tmp_path / "a.csv"), str(tmp_path / "b.html")])
    assert again.added == again.changed == ()
    assert set(first.added) <= set(again.unchanged)


def test_options_hold_for_what_a_list_does_not_say(tmp_path: Path) -> None:
    path = tmp_path / "pocket.csv"
    path.write_text(POCKET)
    found = list(read_paths([str(path)], ImportOptions(language="de")))
    assert {each.language for each in found if isinstance(each, Article)} == {"de"}
