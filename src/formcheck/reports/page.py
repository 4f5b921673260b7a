"""The ground of every page formcheck writes: one look, nothing from the network, nothing let in.

A page is one HTML file with its style and its program inside, and opens from the disk without a
server. A content security policy lets only the very program that was written here run (by its hash)
and, where there are plots, the plotting library beside the page. Everything that comes from outside
(file names, problems, reasons) is escaped.

Why plotly for plots: its browser half ships inside its Python package (4.8 MB, once a folder) and
draws lines as SVG, which prints sharply and takes the page's light and dark colours; without WebGL
traces it runs under a policy that forbids `eval`. Bokeh's is 1.3 MB, but draws on canvas, needs
tornado, PyYAML and xyzservices on the Python side, and `eval` for its callbacks.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formcheck.files.writing import write_bytes
from formcheck.version import __version__

if TYPE_CHECKING:
    import jinja2

PAGE, VIDEO = "index.html", "video.mp4"
"""What the files of a report's folder are called."""

PLOTS_FILE = "plotly.min.js"
"""The plotting library's name beside the pages that use it."""

DISCLAIMER = (
    "formcheck is a training aid, not medical advice. Sharp pain in the back or groin: stop. With"
    " existing back or hip trouble, see a physiotherapist first."
)


def render(
    template: str,
    *,
    title: str,
    data: Mapping[str, Any] | None = None,
    programs: Sequence[str] = (),
    styles: Sequence[str] = (),
    plots: bool = False,
    **content: Any,
) -> str:
    """Return a finished page.

    Parameters
    ----------
    template : str
        A file in `templates/` that extends `page.html`.
    title : str
        For the window's title bar.
    data : mapping, optional
        Plain numbers, texts, lists and mappings for the programs, which find them by
        `formcheck.data`; NaN becomes null.
    programs, styles : sequence of str
        Files in `templates/` that go into the page after its own, in order.
    plots : bool
        Whether the page draws plots; `provide_plots` puts what they need beside it. Figures are
        plotly's, with colours such as `--left` that name the style's own.
    content : Any
        What the template asks for. Text is escaped.
    """
    texts = ["page.js", *(["plots.js"] if plots else []), *programs]
    program = "\n" + "\n".join(_source(name) for name in texts)
    page = _environment().get_template(template)
    html = page.render(
        title=title,
        policy=_policy(program, plots=plots),
        style="\n".join(_source(name) for name in ("page.css", *styles)),
        program=program,
        data=plain(data or {}),
        plots_file=PLOTS_FILE if plots else None,
        disclaimer=DISCLAIMER,
        version=__version__,
        **content,
    )
    # A file name in an old encoding holds halves of characters that UTF-8 has no form for.
    return html.encode("utf-8", "replace").decode("utf-8")


def provide_plots(folder: Path) -> None:
    """Put the plotting library beside the pages in a folder, unless it is there.

    Raises
    ------
    OutputError
        The folder can't be written to.
    """
    library = resources.files("plotly") / "package_data" / PLOTS_FILE
    place, data = folder / PLOTS_FILE, library.read_bytes()
    if not place.is_file() or place.stat().st_size != len(data):
        write_bytes(place, data)


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: enums as their text, NaN and infinity as None."""
    if isinstance(value, Mapping):
        return {str(getattr(k, "value", k)): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return getattr(value, "value", value)


def _policy(program: str, *, plots: bool) -> str:
    digest = base64.b64encode(hashlib.sha256(program.encode("utf-8")).digest()).decode()
    library = " 'self'" if plots else ""
    # Plotly sets styles on elements; a style can't reach out where no address is allowed.
    return (
        "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline';"
        f" script-src 'sha256-{digest}'{library}; base-uri 'none'; form-action 'none'"
    )


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("formcheck.reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["capital"] = lambda text: text[:1].upper() + text[1:]
    return environment


def _source(name: str) -> str:
    return (resources.files("formcheck.reports") / "templates" / name).read_text(encoding="utf-8")
