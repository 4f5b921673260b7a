"use strict";
// What every page's program shares. Data lie in the page as JSON, which no browser runs.
const formcheck = { data: JSON.parse(document.getElementById("data").textContent) };

// What is folded away on the screen belongs on paper.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    folded.open = true;
    folded.dataset.folded = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const unfolded of document.querySelectorAll("details[data-folded]")) {
    unfolded.open = false;
    delete unfolded.dataset.folded;
  }
});
