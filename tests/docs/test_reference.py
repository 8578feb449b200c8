"""The reference pages name everything that the code takes, and nothing else."""

import re
import tomllib
from dataclasses import fields

import pytest
import typer

from docs import fields as fields_page
from docs.pages import ROOT
from model import domain
from model.domain import Outcome, OutcomeKind, Program, Stage, Startup, Support
from service.cli.commands import cli as service_line
from service.settings import PREFIX, Settings
from training.cli.commands import app as training_line

REFERENCE = ROOT / "docs" / "reference"


def first_cells(text: str) -> set[str]:
    """The code words in the first column of every table."""
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {word for cell in rows for word in re.findall(r"`([^`]+)`", cell)}


def section(title: str) -> str:
    text = (REFERENCE / "snapshot.md").read_text(encoding="utf-8")
    return text.split(f"`{title}`\n", 1)[1].split("\n## ", 1)[0]


def test_every_setting_is_explained():
    text = (REFERENCE / "settings.md").read_text(encoding="utf-8")

    assert first_cells(text) == {PREFIX + field.name.upper() for field in fields(Settings)}


@pytest.mark.parametrize(("title", "line"), [("ieum", service_line), ("ieum-train", training_line)])
def test_every_command_is_explained(title, line):
    text = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    explained = text.split(f"## `{title}`\n", 1)[1].split("\n## ", 1)[0]

    assert first_cells(explained) == {" ".join(words) for words in offered(typer.main.get_command(line))}


def offered(command, *words: str):
    """The words of every command below this one."""
    below = getattr(command, "commands", None)
    return [found for name in below for found in offered(below[name], *words, name)] if below else [words]


@pytest.mark.parametrize(("title", "kind"), [("startups.jsonl", Startup), ("programs.jsonl", Program)])
def test_every_key_of_a_snapshot_is_explained(title, kind):
    assert first_cells(section(title)) == {field.name for field in fields(kind)}


def test_the_tables_of_fields_are_the_declared_ones():
    text = fields_page.PAGE.read_text(encoding="utf-8")

    assert fields_page.page(text) == text


def test_every_column_and_outcome_is_named():
    named = set(re.findall(r"\w+", section("outcomes.csv")))

    assert {field.name for field in fields(Outcome)} | set(OutcomeKind) <= named


@pytest.mark.parametrize("codes", [Stage, Support], ids=lambda codes: codes.__name__)
def test_every_code_of_a_startup_is_named(codes):
    assert set(codes) <= set(re.findall(r"\w+", section("startups.jsonl")))


def test_every_word_of_the_trade_stands_in_the_glossary():
    words = {
        name for name, kind in vars(domain).items() if isinstance(kind, type) and kind.__module__ == domain.__name__
    }
    explained = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")))

    assert words - explained == set()


def test_the_layers_on_the_page_are_the_import_contracts():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    rooms = {contract["containers"][0]: contract["layers"] for contract in contracts if contract.get("exhaustive")}
    page = " ".join((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split())

    assert [room for room, layers in rooms.items() if f"{room} {' → '.join(built(layers))} " not in page] == []


def built(layers: list[str]) -> list[str]:
    """The layers without the rooms in parentheses, which are planned."""
    named = [[room for room in layer.split(" | ") if "(" not in room] for layer in layers]
    return [" | ".join(rooms) for rooms in named if rooms]


def test_every_decision_stands_in_the_index():
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")

    assert [page.name for page in folder.glob("0*.md") if f"({page.name})" not in index] == []
