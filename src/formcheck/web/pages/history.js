// The history: list, open, note, delete.

import { ask, capital, enter, make, say } from "./api.js";
import { repTable } from "./stage.js";

const at = (id) => document.getElementById(id);
const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

async function begin() {
  await enter();
  await list();
  window.addEventListener("hashchange", open);
  await open();
}

async function list() {
  const { sessions, in_all: all } = await ask("/api/history");
  at("none").hidden = sessions.length > 0;
  at("progress").hidden = sessions.length === 0;
  at("sessions").replaceChildren(...sessions.map(row));
  if (all > sessions.length) {
    at("sessions").append(make("li", { class: "small" }, `The newest ${sessions.length} of ${all}; formcheck history lists all.`));
  }
}

function row(one) {
  const notes = [
    one.origin === "analyze" ? "recording" : `${one.sets} ${one.sets === 1 ? "set" : "sets"}`,
    one.cut_off ? "cut off" : "",
    one.pain === null ? "" : `pain ${one.pain}`,
    ...one.loads,
  ].filter(Boolean);
  return make("li", {},
    make("a", { href: `#${one.number}`, "data-number": one.number },
      make("span", { class: "when" }, WHEN.format(new Date(one.started_at))),
      make("strong", {}, one.title),
      make("span", {}, capital(one.text)),
      make("span", { class: "small" }, notes.join(", "))));
}

async function open() {
  const number = Number(location.hash.slice(1));
  for (const link of at("sessions").querySelectorAll("a")) {
    if (Number(link.dataset.number) === number) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  at("session").hidden = !number;
  if (!number) return;
  say("");
  try {
    show(await ask(`/api/history/${number}`));
  } catch (error) {
    at("session").hidden = true;
    say(error.message);
  }
}

function show(session) {
  const heading = make("h2", { tabindex: "-1" }, session.title);
  const remove = make("button", { type: "button" }, "Delete");
  remove.addEventListener("click", () => askFirst(remove, session.number));
  at("session").replaceChildren(
    heading,
    make("p", {}, `${WHEN.format(new Date(session.started_at))}. ${capital(session.text)}.`),
    ...session.problems.map((problem) => make("p", { class: "small" }, problem)),
    ...session.each_set.map((one) => setOf(session, one)),
    make("div", { class: "row" }, remove),
  );
  heading.focus({ preventScroll: false });
}

function setOf(session, one) {
  const pain = make("select", {}, make("option", { value: "" }, "not noted"),
    ...[...Array(11).keys()].map((value) => make("option", { value }, String(value))));
  pain.value = one.pain ?? "";
  const load = make("input", { type: "text", maxlength: 100, value: one.load, autocomplete: "off" });
  const said = make("p", { role: "status", class: "small" });
  const save = make("button", { type: "button" }, "Save note");
  save.addEventListener("click", async () => {
    const noted = { set: one.set, load: load.value.trim() };
    if (pain.value !== "") noted.pain = Number(pain.value);
    try {
      said.textContent = (await ask(`/api/history/${session.number}/note`, noted)).say;
      await list();
    } catch (error) {
      said.textContent = error.message;
    }
  });
  return make("section", { class: "set", "aria-label": `Set ${one.set}` },
    make("h3", {}, `Set ${one.set}: ${one.text}`),
    repTable(one.reps),
    make("div", { class: "fields" },
      make("label", {}, "Pain, 0 to 10", pain), make("label", {}, "Load", load), save),
    said);
}

function askFirst(button, number) {
  const yes = make("button", { type: "button", class: "danger" }, "Delete for good");
  const no = make("button", { type: "button" }, "Keep it");
  no.addEventListener("click", () => row.replaceWith(button));
  yes.addEventListener("click", async () => {
    try {
      await ask(`/api/history/${number}`, undefined, "DELETE");
      location.hash = "";
      at("session").hidden = true;
      await list();
    } catch (error) {
      say(error.message);
    }
  });
  const row = make("div", { class: "row" }, make("span", {}, "This can't be undone."), yes, no);
  button.replaceWith(row);
  no.focus();
}

begin().catch((error) => say(error.message));
