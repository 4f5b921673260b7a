// Plots in the page's own colours: a figure names them as the style does ("--left"), and they follow
// the change from light to dark and to paper.
formcheck.plots = (() => {
  const PAPER_PX = 690; // the width between A4's margins, in the units of CSS
  const GAP_PX = 32;
  const PAPER_HEIGHT = 0.75; // of that on the screen
  const drawn = new Map();

  const style = () => getComputedStyle(document.documentElement);

  function coloured(value, colours) {
    if (typeof value === "string" && value.startsWith("--")) {
      const [name, opacity] = value.split("/");
      const colour = colours.getPropertyValue(name).trim();
      if (!opacity) return colour;
      const number = parseInt(colour.slice(1), 16);
      return `rgba(${number >> 16}, ${(number >> 8) & 255}, ${number & 255}, ${opacity})`;
    }
    if (Array.isArray(value)) return value.map((item) => coloured(item, colours));
    if (value && typeof value === "object") {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, coloured(item, colours)]),
      );
    }
    return value;
  }

  function axis(given, colours) {
    const line = colours.getPropertyValue("--line").trim();
    return {
      gridcolor: line, linecolor: line, zerolinecolor: line, zerolinewidth: 1, fixedrange: true,
      automargin: false, tickfont: { color: colours.getPropertyValue("--soft").trim() }, ...given,
    };
  }

  function layout(given, colours) {
    const colour = (name) => colours.getPropertyValue(name).trim();
    const own = coloured(given, colours);
    return {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", dragmode: false,
      hovermode: "x unified", showlegend: false, ...own,
      font: { family: colours.getPropertyValue("--sans").trim(), size: 12, color: colour("--ink") },
      hoverlabel: {
        bgcolor: colour("--paper"), bordercolor: colour("--line"), font: { color: colour("--ink") },
      },
      margin: { l: 46, r: 14, t: 10, b: 34, ...own.margin },
      xaxis: axis(own.xaxis, colours), yaxis: axis(own.yaxis, colours),
      ...(own.xaxis2 ? { xaxis2: axis(own.xaxis2, colours) } : {}),
      ...(own.yaxis2 ? { yaxis2: axis(own.yaxis2, colours) } : {}),
    };
  }

  // Draw a figure, or draw it again after it or the colours have changed. On paper `data-columns` of
  // the element says how many of its kind share a line.
  function draw(element, figure, onPaper = false) {
    drawn.set(element, figure);
    const colours = style();
    const shape = layout(figure.layout, colours);
    if (onPaper) {
      const columns = Number(element.dataset.columns || 1);
      shape.width = (PAPER_PX - GAP_PX * (columns - 1)) / columns;
      shape.height *= PAPER_HEIGHT;
    }
    return Plotly.react(element, coloured(figure.data, colours), shape, {
      responsive: !onPaper, displayModeBar: false, doubleClick: false, showTips: false,
    });
  }

  function again(onPaper) {
    for (const [element, figure] of drawn) draw(element, figure, onPaper);
  }

  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    window.matchMedia(query).addEventListener("change", (change) => {
      again(query === "print" && change.matches);
    });
  }
  window.addEventListener("beforeprint", () => again(true));
  window.addEventListener("afterprint", () => again(false));
  // Where a value of the x axis lies in the element, in pixels; null outside of what is shown.
  function placeOf(element, value) {
    const [low, high] = element.layout.xaxis.range;
    const { l, r, t, b } = element.layout.margin;
    if (value < low - 1e-9 || value > high + 1e-9) return null;
    const width = element.clientWidth - l - r;
    return { x: l + ((value - low) / (high - low)) * width, top: t, bottom: b };
  }

  // The value of the x axis at a place in the element; null beside the axes.
  function valueAt(element, x) {
    const [low, high] = element.layout.xaxis.range;
    const { l, r } = element.layout.margin;
    const share = (x - l) / (element.clientWidth - l - r);
    return share < -0.02 || share > 1.02
      ? null : low + Math.min(1, Math.max(0, share)) * (high - low);
  }

  return { draw, again, placeOf, valueAt };
})();
