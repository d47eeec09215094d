"""The program installed in each usual way: it starts, and what travels with it is found."""

import json
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path

import pytest

pytest.importorskip("build", reason="builds the distribution")
pytest.importorskip("hatchling", reason="builds the distribution")
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
FOUND = """
import json
from reader import resources
data = sorted(p.relative_to(resources.data()).as_posix() for p in resources.data().rglob("*.*"))
print(json.dumps({
    "root": str(resources.ROOT),
    "data": [name for name in data if "__pycache__" not in name],
    "styles": [path.name for path in resources.styles()],
    "seeds": [path.name for path in resources.seeds()],
}))
"""


def done(*command: object, cwd: Path) -> str:
    run = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:] or run.stdout[-2000:]
    return run.stdout


def names(folder: str, pattern: str) -> list[str]:
    base = ROOT / folder
    return sorted(path.relative_to(base).as_posix() for path in base.rglob(pattern))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel that was built from the sdist."""
    out = tmp_path_factory.mktemp("dist")
    done(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    assert list(out.glob("*.tar.gz"))
    return next(out.glob("*.whl"))


def installed(folder: Path, *what: object) -> Path:
    """Install into an environment of its own, its dependencies taken from this one."""
    done(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv/bin/python"
    site = done(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
    ).strip()
    # a path in a .pth file is searched last, and the .pth files there are not read
    Path(site, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    options = ("--quiet", "--no-deps", "--no-index", "--no-build-isolation")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    done(*pip, "install", *options, *what, cwd=folder)
    return python


def check(python: Path, folder: Path, *, bundled: bool) -> None:
    assert done(python.parent / "reader", "--version", cwd=folder).startswith("reader ")
    assert "import" in done(python, "-m", "reader", "--help", cwd=folder)
    found = json.loads(done(python, "-c", FOUND, cwd=folder))
    assert Path(found["root"]).name == "_bundled" if bundled else Path(found["root"]) == ROOT
    assert found["data"] == names("data", "*.*")
    assert found["styles"] == names("styles", "*.tcss")
    assert found["seeds"] == names("seeds", "*.md")
    assert found["data"]
    assert found["seeds"]


def test_a_wheel_made_from_the_sdist_has_all_it_needs(wheel: Path, tmp_path: Path) -> None:
    check(installed(tmp_path, wheel), tmp_path, bundled=True)


def test_a_plain_install_has_all_it_needs(tmp_path: Path) -> None:
    check(installed(tmp_path, ROOT), tmp_path, bundled=True)


def test_an_editable_install_finds_what_stands_beside_it(tmp_path: Path) -> None:
    direct = metadata.distribution("reader-tui").read_text("direct_url.json") or "{}"
    if not json.loads(direct).get("dir_info", {}).get("editable"):
        pytest.skip("these tests do not run in an editable install")
    check(Path(sys.executable), tmp_path, bundled=False)
