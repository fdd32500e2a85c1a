"""The documentation as a site: the same files as on GitHub, built by two programs that read one mkdocs.yml.

Pages lie all over the repository and link to each other and to other files by relative paths. They are therefore copied
with all that they link to, each to its own path, and no link has to be changed.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from devtools import environment, validators
from devtools.environment import SITE
from devtools.errors import CliError, NotAtHandError
from devtools.jobs import Job, run_all, run_logged
from devtools.project import LOCAL, ROOT, is_continuous_integration, say, shown
from devtools.suites import Suite

FOLDER = LOCAL / "site"
SOURCE = FOLDER / "source"
HTML = FOLDER / "html"
"""What Zensical builds, and what is published."""
MATERIAL = FOLDER / "material"
CONFIG = ROOT / "mkdocs.yml"
TITLE = "Docs as a site"
FIRST = "README.md"

DIAGRAMS = SOURCE / "assets" / "mermaid.js"
"""What draws diagrams; without it the builders' own script would load it from elsewhere, which pages forbid."""
DRAWN_BY = Path("node_modules") / "@mermaid-js" / "tiny" / "dist" / "mermaid.tiny.js"

FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")
NO_PAGES = frozenset({"404.html"})

FETCHED = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
"""The attributes by which a page loads something without a click."""
LOADED_BY_CSS = re.compile(r"""(?:url\(|@import)\s*['"]?((?:https?:)?//[^'")\s;]+)""")
MARKUP = re.compile(r"\n *((?:[-*]|\d+\.|#{1,6}|\||```)\s.{0,40})")
"""What GitHub takes for the beginning of a list, heading, table or block, and the builders for text."""
VERBATIM = frozenset({"code", "pre", "script", "style"})
POLICY = "Content-Security-Policy"
"""What the template has every page say: the browser loads nothing from elsewhere, whatever a script asks for."""


def suite() -> Suite:
    """Both builds, and the checks of what they make."""

    def check() -> str:
        environment.ensure(SITE)
        return f"{build()} pages"

    return Suite(TITLE, check)


def make() -> int:
    """The command: builds the site, and says where it is."""
    if not SITE.is_ready:
        run_all([Job("Installing the builders of the site into .local (once)", lambda: environment.ensure(SITE))])
    pages: list[int] = []
    run_all([Job("Building the site with Zensical and with Material for MkDocs", lambda: pages.append(build()))])
    say(f"{pages[0]} pages in {shown(HTML)}")
    say(f"To read them: python3 -m http.server --bind 127.0.0.1 --directory {shlex.quote(shown(HTML))}")
    return 0


def build() -> int:
    """Builds with both; a broken link, a page that cannot be reached and anything loaded from elsewhere raise."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for file in linked(ROOT, documents(ROOT)):
        copy = SOURCE / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, copy)
    DIAGRAMS.parent.mkdir(parents=True, exist_ok=True)
    DIAGRAMS.write_bytes(_diagrams())
    programs = SITE.folder / "bin"
    zensical = [programs / "zensical", "build", "--strict", "--clean", "--config-file", CONFIG]
    run_logged(zensical, "site-zensical.log", "Zensical")
    material = [programs / "mkdocs", "build", "--strict", "--config-file", CONFIG, "--site-dir", MATERIAL]
    run_logged(material, "site-material.log", "Material for MkDocs")
    faults = [fault for folder in (HTML, MATERIAL) for fault in faults_of(folder)]
    if faults:
        raise CliError(f"{len(faults)} faults in the site:\n  " + "\n  ".join(faults[:20]))
    return len(list(_pages(HTML)))


def _diagrams() -> bytes:
    """The script that draws diagrams; without Node.js none, and they are shown as text."""
    try:
        return (validators.installed() / DRAWN_BY).read_bytes()
    except NotAtHandError as error:
        if is_continuous_integration():
            raise
        say(f"Diagrams of the site are shown as text: {error.message}")
        return b""


def documents(root: Path) -> list[PurePosixPath]:
    """The pages from which all others are found."""
    pages = [root / FIRST, *sorted((root / "docs").rglob("*.md")), *sorted((root / "docs" / "schemas").glob("*.json"))]
    return [PurePosixPath(page.relative_to(root).as_posix()) for page in pages]


def linked(root: Path, first: Iterable[PurePosixPath]) -> list[PurePosixPath]:
    """These files and all that they link to, directly or through other documents; relative to the root."""
    found: set[PurePosixPath] = set()
    waiting = list(first)
    while waiting:
        file = waiting.pop()
        if file in found or not (root / file).is_file():
            continue
        found.add(file)
        if file.suffix == ".md":
            waiting += _targets(file, (root / file).read_text(encoding="utf-8"))
    return sorted(found)


def _targets(file: PurePosixPath, text: str) -> Iterator[PurePosixPath]:
    """Links that leave the repository, or lead to no file, are the builders' to judge."""
    for target in LINK.findall(FENCE.sub("", text)):
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc and parts.path:
            path = urlsplit(urljoin(f"http://root/{file}", unquote(parts.path))).path
            yield PurePosixPath(path.lstrip("/"))


def faults_of(folder: Path) -> list[str]:
    """What is wrong with a built site, as one line each."""
    pages = {page.relative_to(folder).as_posix(): _read(page) for page in _pages(folder)}
    faults = []
    for name, page in pages.items():
        faults += [f"{folder.name}/{name} loads {url}" for url in page.foreign]
        faults += [
            f"{folder.name}/{name} shows markup as text, a blank line before it helps: {it}" for it in page.markup
        ]
        faults += [] if page.has_policy else [f"{folder.name}/{name} has no {POLICY}"]
    for sheet in sorted(folder.rglob("*.css")):
        urls = LOADED_BY_CSS.findall(sheet.read_text(encoding="utf-8"))
        faults += [f"{folder.name}/{sheet.relative_to(folder)} loads {url}" for url in urls]
    missing: list[str] = []
    reached = _reached(pages, lambda name: (folder / name).is_file(), missing)
    faults += [f"{folder.name}/{fault}" for fault in missing]
    faults += [f"{folder.name}/{name} is linked by no page" for name in sorted(pages.keys() - reached - NO_PAGES)]
    return faults


def _pages(folder: Path) -> Iterator[Path]:
    return (page for page in sorted(folder.rglob("*.html")) if page.name not in NO_PAGES)


def _reached(pages: dict[str, Page], is_file: Callable[[str], bool], missing: list[str]) -> set[str]:
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in pages:
            continue
        reached.add(name)
        for link in pages[name].links:
            target = _file_of(name, link)
            if target in pages:
                waiting.append(target)
            elif target is not None and not is_file(target):
                missing.append(f"{name} links to {link}, which is not there")
    return reached


def _file_of(page: str, link: str) -> str | None:
    """The file of the site to which a link on a page leads; None if it leaves the site."""
    url = urlsplit(urljoin(f"http://site/{page}", link))
    if (url.scheme, url.netloc) != ("http", "site"):
        return None
    path = unquote(url.path).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


@dataclass
class Page:
    """What a page of the site loads from elsewhere, where it links to, and markup that it shows as text."""

    foreign: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    has_policy: bool = False


def _read(file: Path) -> Page:
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.verbatim: list[str] = []
        self.is_in_article = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag in VERBATIM:
            self.verbatim.append(tag)
        self.is_in_article |= tag == "article"
        if tag == "a" and "href" in given:
            self.page.links.append(given["href"])
        if tag == "meta" and given.get("http-equiv") == POLICY:
            self.page.has_policy = True
        urls = [given[name] for name in FETCHED.get(tag, ()) if name in given]
        self.page.foreign += [url for url in urls if is_foreign(url)]
        self.page.foreign += LOADED_BY_CSS.findall(given.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.verbatim:
            self.verbatim.remove(tag)
        self.is_in_article &= tag != "article"

    def handle_data(self, data: str) -> None:
        if "style" in self.verbatim:
            self.page.foreign += LOADED_BY_CSS.findall(data)
        elif self.is_in_article and not self.verbatim:
            self.page.markup += MARKUP.findall(data)


def is_foreign(url: str) -> bool:
    """Whether a URL, or one of a srcset, names another host."""
    return any(urlsplit(one.strip()).netloc for one in url.split(","))
