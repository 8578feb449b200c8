"""Moving through a page by keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Page

MOST_STEPS = 400
OUTLINED = """() => {
  const one = document.activeElement;
  const drawn = (element, part) => {
    const {outlineStyle: line, outlineWidth: width, outlineColor: colour} = getComputedStyle(element, part);
    return line !== "none" && parseFloat(width) >= 1 && colour !== "rgba(0, 0, 0, 0)";
  };
  const box = one.getBoundingClientRect();
  const own = box.width > 1 && box.height > 1 && getComputedStyle(one).opacity !== "0" && drawn(one);
  return own || [...(one.labels ?? [])].some((label) => drawn(label) || drawn(label, "::before"));
}"""
"""Whether what has the focus is outlined, by itself or, where KRDS draws a box of its own, by its label."""
STEP = f"""() => {{
  const one = document.activeElement;
  return one === document.body ? null : ({OUTLINED})() ? "" : one.outerHTML.slice(0, 160);
}}"""
"""Nothing at the end of the page, an empty text where the focus is seen, else what has it unseen."""


def press_to(page: Page, css: str) -> None:
    """Press Tab until an element has the focus; it must be seen to have it."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("css => document.activeElement.matches(css)", css):
            assert page.evaluate(OUTLINED), f"{css} has the focus unseen"
            return
    raise AssertionError(css)


def press_enter(page: Page, css: str, address: str | re.Pattern[str]) -> None:
    """Go to a link or button by Tab, press Enter there, and arrive at an address."""
    press_to(page, css)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def fill_in(page: Page, css: str, text: str) -> None:
    """Go to a field by Tab and type."""
    press_to(page, css)
    page.keyboard.type(text)


def unseen(page: Page) -> list[str]:
    """Walk through a page by Tab, as far as MOST_STEPS go; what has the focus without being seen to have it."""
    found: list[str] = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        step = page.evaluate(STEP)
        if step is None:
            break
        found += [step] if step else []
    return found
