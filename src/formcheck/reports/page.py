"""Renders every page that formcheck writes: one look, and nothing from the network.

A page is one HTML file that contains its style and its program, and opens from the disk without a
server. A content security policy lets only this program run (by its hash) and, for plots, the
plotting library beside the page. The templates escape everything that comes from outside (file
names, problems, reasons).

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

from formcheck.core.checker.wording import capital
from formcheck.files.writing import write_bytes
from formcheck.version import __version__

if TYPE_CHECKING:
    import jinja2

PAGE, VIDEO = "index.html", "video.mp4"
"""Names of the files in a report's folder."""

PLOTS_FILE = "plotly.min.js"
"""Name of the plotting library beside the pages that use it."""

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
    """Returns a finished page.

    Parameters
    ----------
    template : str
        A file in `templates/` that extends `page.html`.
    title : str
        Title of the browser's window.
    data : mapping, optional
        Plain numbers, texts, lists and mappings for the programs, which find them by
        `formcheck.data`; NaN becomes null.
    programs, styles : sequence of str
        Files in `templates/` that go into the page after the page's own, in order.
    plots : bool
        Whether the page draws plots; `provide_plots` puts the plotting library beside the page.
        Figures are plotly's, with the names of the style's colours, such as `--left`.
    content : Any
        Values for the template, which escapes text.
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
    """Puts the plotting library beside the pages in a folder, unless the folder has it.

    Raises
    ------
    OutputError
        The folder can't be written to.
    """
    library = resources.files("plotly") / "package_data" / PLOTS_FILE
    path, data = folder / PLOTS_FILE, library.read_bytes()
    if not path.is_file() or path.stat().st_size != len(data):
        write_bytes(path, data)


def plain(value: Any) -> Any:
    """Returns a value in the types of JSON: enums as their text, NaN and infinity as None."""
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
    # Plotly sets styles on elements; without an allowed address no style can load anything.
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
    environment.filters["capital"] = capital
    return environment


def _source(name: str) -> str:
    return (resources.files("formcheck.reports") / "templates" / name).read_text(encoding="utf-8")
