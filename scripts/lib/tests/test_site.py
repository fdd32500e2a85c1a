"""What belongs to the site, and what is found wrong with one that was built."""

import tempfile
import unittest
from pathlib import Path, PurePosixPath
from unittest import mock

from devtools import site
from devtools.errors import CliError, NotAtHandError
from devtools.project import ROOT

POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, **files):
        for name, content in files.items():
            file = self.folder / name.replace("__", "/").replace("_", ".")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)


class LinkedTest(Folder):
    def linked(self, *first):
        return [str(file) for file in site.linked(self.folder, map(PurePosixPath, first))]

    def test_what_documents_link_to_is_found_through_other_documents(self):
        self.write(
            docs__a_md="[b](b.md#part) ![picture](images/c.png)",
            docs__b_md="[up](../README.md) [file](../stack.toml)",
            docs__images__c_png="",
            docs__unlinked_png="",
            README_md="[a](docs/a.md)",
            stack_toml="",
        )

        self.assertEqual(
            ["README.md", "docs/a.md", "docs/b.md", "docs/images/c.png", "stack.toml"], self.linked("docs/a.md")
        )

    def test_addresses_code_and_what_is_not_there_are_no_files(self):
        self.write(
            a_md="[x](https://example.com/a.md) [gone](gone.md) [out](../../etc/hosts)\n```\n[b](b.md)\n```", b_md=""
        )

        self.assertEqual(["a.md"], self.linked("a.md"))

    def test_the_project_has_each_of_its_pages(self):
        found = site.linked(ROOT, site.documents(ROOT))

        for page in ("README.md", "CHANGELOG.md", "docs/cli.md", "docs/design/gate.md"):
            self.assertIn(PurePosixPath(page), found)


class FaultsTest(Folder):
    def faults(self, page, **files):
        self.write(**{"index_html": POLICY + page, **files})
        return [fault.removeprefix(f"{self.folder.name}/") for fault in site.faults_of(self.folder)]

    def test_a_sound_site_has_none(self):
        self.assertEqual(
            [],
            self.faults(
                '<a href="a/#part">A</a><a href="https://example.com/">B</a><script src="b.js"></script>',
                a__index_html=f'{POLICY}<a href="../stack.toml">C</a><a href="..">D</a><img src="data:,A">',
                stack_toml="",
                **{"404_html": POLICY},
            ),
        )

    def test_a_page_that_no_other_links_to(self):
        self.assertEqual(["a/index.html is linked by no page"], self.faults("", a__index_html=POLICY))

    def test_a_link_to_what_is_not_there(self):
        self.assertEqual(
            ["index.html links to samples/a, which is not there"], self.faults('<a href="samples/a">A</a>')
        )

    def test_a_page_without_the_policy(self):
        self.assertEqual(
            ["a/index.html has no Content-Security-Policy"], self.faults('<a href="a/">A</a>', a__index_html="")
        )

    def test_whatever_is_loaded_from_another_host(self):
        for page, url in (
            ('<script src="https://cdn.example/a.js"></script>', "https://cdn.example/a.js"),
            ('<link rel="stylesheet" href="//cdn.example/a.css">', "//cdn.example/a.css"),
            ('<img srcset="a.png, https://cdn.example/b.png 2x">', "a.png, https://cdn.example/b.png 2x"),
            ('<p style="background: url(http://cdn.example/a)">', "http://cdn.example/a"),
            ('<style>@import "https://cdn.example/a.css";</style>', "https://cdn.example/a.css"),
        ):
            with self.subTest(page):
                self.assertEqual([f"index.html loads {url}"], self.faults(page))

    def test_a_style_sheet_that_loads_from_another_host(self):
        self.assertEqual(
            ["a.css loads https://fonts.example/a.woff"],
            self.faults("", a_css="@font-face{src:url(https://fonts.example/a.woff)}"),
        )

    def test_markup_that_is_shown_as_text(self):
        for text in ("one\n2. two", "one\n- two", "one\n| a | b |"):
            with self.subTest(text):
                shown = text.partition("\n")[2]
                self.assertEqual(
                    [f"index.html shows markup as text, a blank line before it helps: {shown}"],
                    self.faults(f"<article><p>{text}</p></article>"),
                )
        self.assertEqual([], self.faults("<article>one\n2 two - 3. <pre>a\n- b</pre></article>a\n- b"))

    def test_text_and_code_load_nothing(self):
        self.assertEqual(
            [], self.faults("<code>url(https://cdn.example/a)</code><style>a{}</style>@import '//b.example/c'")
        )


class SuiteTest(unittest.TestCase):
    def test_diagrams_are_text_without_node_except_in_continuous_integration(self):
        absent = mock.patch.object(site.validators, "installed", side_effect=NotAtHandError("there is no node"))
        with absent, mock.patch.object(site, "say") as said:
            with mock.patch.object(site, "is_continuous_integration", return_value=False):
                self.assertEqual(b"", site._diagrams())
            with mock.patch.object(site, "is_continuous_integration", return_value=True):
                self.assertRaises(NotAtHandError, site._diagrams)
        said.assert_called_once_with("Diagrams of the site are shown as text: there is no node")

    def test_builders_that_cannot_be_installed_are_not_at_hand(self):
        with (
            mock.patch.object(site.environment.Venv, "is_ready", False),
            mock.patch.object(site.environment, "install", side_effect=CliError("no network", "see the log")),
            self.assertRaisesRegex(NotAtHandError, "site cannot be installed: no network"),
        ):
            site.suite().check()


if __name__ == "__main__":
    unittest.main()
