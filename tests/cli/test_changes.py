"""`reader show --changes`: what changed in an article since the revision before."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def revised(run: Run, reports: Path) -> str:
    """Return the id of an article that came in two revisions."""
    file = reports / "herald.md"
    run("import", file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("4.2", "4.6").replace("holds at", "leaks at"), encoding="utf-8")
    run("import", file)
    (listed,) = json.loads(run("list", "--json").stdout)
    return str(listed["id"])


def test_what_changed_is_shown_by_words_and_the_rest_counted(run: Run, revised: str) -> None:
    done = run("show", revised, "--changes")
    assert done.exit_code == 0
    assert "Flood barrier [-holds-]{+leaks+} at Orrin" in done.stdout
    assert "revision 1 → 2" in done.stdout
    assert "Water rose to [-4.2-]{+4.6+} metres" in done.stdout
    assert "… 2 paragraphs that stayed" in done.stdout
    assert "The ferry to Tolm" not in done.stdout


def test_programs_get_pieces_and_all_revisions(run: Run, revised: str) -> None:
    told = json.loads(run("show", revised, "--changes", "--json").stdout)
    assert [each["revision"] for each in told["revisions"]] == [1, 2]
    assert all(each["came"] for each in told["revisions"])
    assert (told["from"], told["to"], told["inserted"], told["deleted"]) == (1, 2, 2, 2)
    new = [
        "".join(p["text"] for p in part if p["kind"] != "deleted") for part in told["paragraphs"]
    ]
    assert "\n\n".join(new) == json.loads(run("show", revised, "--json").stdout)["text"]
    assert told["method"]


def test_an_earlier_revision_is_printed(run: Run, revised: str) -> None:
    assert "Water rose to 4.2 metres" in run("show", revised, "--revision", 1).stdout
    assert "Water rose to 4.6 metres" in run("show", revised).stdout


def test_without_a_revision_before_it_is_said(run: Run, revised: str) -> None:
    done = run("show", revised, "--changes", "--revision", 1)
    assert done.exit_code == 1
    assert "nothing before revision 1" in done.stderr


def test_files_have_no_revisions(run: Run, reports: Path) -> None:
    done = run("show", reports / "gazette.md", "--changes")
    assert done.exit_code == 2
    assert "articles of the library" in done.stderr
