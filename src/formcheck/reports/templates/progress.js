// The plots of weeks of training: each figure goes where its name is.
(() => {
  const { data, plots } = formcheck;
  for (const [name, figure] of Object.entries(data.figures)) {
    const place = document.getElementById(name);
    if (place) plots.draw(place, figure);
  }
})();
