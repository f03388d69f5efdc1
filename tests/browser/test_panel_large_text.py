"""Letters twice as large: nothing in the queue is cut or printed over something else."""

import pytest

from tests.browser.conftest import check_axe

# a line of a menu that is higher than its own box runs into the next one
LINES = ".views a, .views a > span, .hints, .rail li a, .gauge a, .table--queue td"
RUN_OVER = """(lines) => [...document.querySelectorAll(lines)].filter((one) => one.offsetParent)
  .filter((one) => one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)
  .map((one) => one.textContent.trim().slice(0, 40))"""
BADGE_OVER_LABEL = """() => [...document.querySelectorAll(".rail__count")].filter((count) => {
  const label = count.parentElement.querySelector(":scope > span").getBoundingClientRect();
  return count.getBoundingClientRect().bottom > label.top + 1;
}).length"""


@pytest.mark.parametrize("size", ["150%", "200%"])
def test_the_queue_with_large_letters(at_desk, size):
    page = at_desk("canbo.lan")
    page.goto("/admin/tips")
    page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
    assert page.evaluate(RUN_OVER, LINES) == []
    assert page.evaluate(BADGE_OVER_LABEL) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    check_axe(page)
