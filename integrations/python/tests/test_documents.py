"""The samples are shown in the docs as they are."""

from __future__ import annotations

import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LIBRARIES = ("airflow", "dagster", "great-expectations")


class DocumentsTest(unittest.TestCase):
    def test_samples_are_shown_as_they_are(self) -> None:
        for library in LIBRARIES:
            page = (ROOT / "docs" / f"{library}.md").read_text()
            samples = sorted((ROOT / "samples" / library).glob("*.py"))
            self.assertTrue(samples)
            for sample in samples:
                with self.subTest(sample.name):
                    self.assertIn(f"```python\n{sample.read_text()}```\n", page)

    def test_sample_of_dbt_is_shown_as_it_is(self) -> None:
        page = (ROOT / "docs" / "dbt.md").read_text()
        models = ROOT / "samples" / "dbt" / "models"
        for language, name in (("yaml", "sources.yml"), ("sql", "departures.sql")):
            self.assertIn(f"```{language}\n{(models / name).read_text()}```\n", page)
