"""The ground of every page: nothing from the network, nothing let in that was not written here."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from importlib import resources
from pathlib import Path

import pytest

from formcheck.core.checker.session import Verdict
from formcheck.errors import OutputError
from formcheck.reports.page import DISCLAIMER, PLOTS_FILE, plain, provide_plots, render

EVIL = "</script><img src=x onerror=alert(1)>'\"&"


def page(**given: object) -> str:
    return render("page.html", **{"title": "A page", **given})  # type: ignore[arg-type]


@pytest.mark.parametrize("plots", [False, True])
def test_the_policy_lets_only_the_written_program_run(plots: bool) -> None:
    html = page(plots=plots)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    (program,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(program.encode()).digest()).decode()
    (allowed,) = re.findall(r"script-src ([^;]+);", policy.replace("&#39;", "'"))
    assert allowed.split() == [f"'sha256-{digest}'", *(["'self'"] if plots else [])]
    assert "eval" not in policy and "default-src &#39;none&#39;" in policy


def test_nothing_comes_from_the_network() -> None:
    html = page(plots=True)
    assert set(re.findall(r'(?:src|href)="([^"]*)"', html)) == {"data:,", "#main", PLOTS_FILE}
    assert not re.search(r"https?://|url\(|@import", html)


def test_what_comes_from_outside_stays_text() -> None:
    html = page(title=EVIL, data={"name": EVIL})
    assert "<img" not in html
    assert "<title>&lt;/script&gt;" in html
    (data,) = re.findall(r'id="data">(.*?)</script>', html)
    assert json.loads(data) == {"name": EVIL}


def test_data_are_plain_and_never_nan() -> None:
    given = {Verdict.CLEAN: (1.5, math.nan, [math.inf]), "more": {"x": Verdict.PARTIAL}}
    assert plain(given) == {"clean": [1.5, None, [None]], "more": {"x": "partial"}}


def test_the_disclaimer_is_there_once() -> None:
    assert page().count(DISCLAIMER) == 1


def test_the_plotting_library_is_put_beside_the_pages_once(tmp_path: Path) -> None:
    provide_plots(tmp_path / "new")
    place = tmp_path / "new" / PLOTS_FILE
    assert place.stat().st_size > 1_000_000
    before = place.stat().st_mtime_ns
    provide_plots(tmp_path / "new")
    assert place.stat().st_mtime_ns == before
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="can't be written"):
        provide_plots(tmp_path / "file")


def test_dark_screens_have_a_colour_for_each_and_paper_names_no_other() -> None:
    css = (resources.files("formcheck.reports") / "templates" / "page.css").read_text("utf-8")
    light, dark, paper = (set(re.findall(r"(--[\w-]+):", block)) for block in _roots(css))
    assert dark == light - {"--sans"}
    # Paper is light, but for what it changes.
    assert set() < paper < light


@pytest.mark.parametrize("medium", [0, 1, 2])
def test_text_has_the_contrast_that_readers_need(medium: int) -> None:
    css = (resources.files("formcheck.reports") / "templates" / "page.css").read_text("utf-8")
    light, own = (
        dict(re.findall(r"(--[\w-]+): (#\w{6});", _roots(css)[which])) for which in (0, medium)
    )
    colours = light | own
    inks = ["ink", "soft", "accent", "clean", "compensated", "partial", "unverified", "left"]
    for ink in [*inks, "right"]:
        for ground in ("paper", "wash"):
            assert _contrast(colours[f"--{ink}"], colours[f"--{ground}"]) >= 4.5, (ink, ground)
    for verdict in Verdict:
        ink, ground = colours[f"--{verdict.value}"], colours[f"--{verdict.value}-wash"]
        assert _contrast(ink, ground) >= 4.5, verdict


def _roots(css: str) -> list[str]:
    return re.findall(r":root \{(.*?)\}", css, re.DOTALL)


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    low, high = sorted(_luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
