// The page that trains: choose, start, then hands-free.

import { ask, enter, make, say, Refused } from "./api.js";
import { cameras } from "./camera.js";
import { Recordings } from "./recordings.js";
import { Trainer } from "./trainer.js";

const at = (id) => document.getElementById(id);
const SIDES = { left: "Left only", right: "Right only", both: "Both together" };

let known = [];
let trainer = null;

async function begin() {
  await enter();
  const found = await ask("/api/exercises");
  known = found.exercises;
  at("exercise").replaceChildren(...known.map((one) => make("option", { value: one.slug }, one.title)));
  const kept = localStorage.getItem("exercise");
  if (known.some((one) => one.slug === kept)) at("exercise").value = kept;
  at("safety").textContent = found.safety;
  trainer = new Trainer(at("stage"), at("camera-view"), { painStops: found.pain_stops, onEnd: lookForRun });
  at("exercise").addEventListener("change", choose);
  at("train").addEventListener("submit", start);
  at("go-on").addEventListener("click", goOn);
  at("end-it").addEventListener("click", endIt);
  choose();
  new Recordings(at("recordings-place"), known);
  await Promise.all([listCameras(), lookForRun()]);
}

const chosen = () => known.find((one) => one.slug === at("exercise").value);

function choose() {
  const one = chosen();
  localStorage.setItem("exercise", one.slug);
  at("purpose").textContent = one.purpose;
  at("place").replaceChildren(...one.camera.map((line) => make("li", {}, line)));
  at("how").replaceChildren(...one.how_to.map((line) => make("li", {}, line)));
  at("sets").value = one.dose.sets;
  at("reps").value = one.dose.reps;
  at("rest").value = one.dose.rest_s;
  const sides = one.sides.length > 1 ? one.sides : [];
  at("side").replaceChildren(
    make("option", { value: "auto" }, sides.length ? "Both, each counted" : "Both together"),
    ...sides.map((side) => make("option", { value: side }, SIDES[side])));
  showPictures(one);
}

/** Shows the drawings: made by the server, so of elements and attributes alone. */
function showPictures({ pictures }) {
  const parser = new DOMParser();
  at("pictures").replaceChildren(
    ...pictures.map((svg) => document.adoptNode(parser.parseFromString(svg, "image/svg+xml").documentElement)));
}

async function listCameras() {
  const found = await cameras();
  const select = at("camera");
  const before = select.value;
  select.querySelectorAll("[data-device]").forEach((option) => option.remove());
  select.append(...found.map((one) => make("option", { value: one.deviceId, "data-device": true }, one.label)));
  if ([...select.options].some((option) => option.value === before)) select.value = before;
}

function request() {
  const number = (id) => (at(id).value === "" ? undefined : Number(at(id).value));
  const load = at("load").value.trim();
  return {
    exercise: at("exercise").value,
    sets: number("sets"),
    reps: number("reps"),
    rest_s: number("rest"),
    hold_s: number("hold"),
    camera: at("camera").selectedOptions[0]?.textContent,
    side: at("side").value,
    loads: load ? [load] : undefined,
  };
}

const how = (run = null) => ({
  camera: at("camera").value, speaks: at("speaks").checked, mirror: at("mirror").value, run,
});

async function attempt(work) {
  say("");
  const button = document.querySelector('[data-testid="start"]');
  button.disabled = true;
  try {
    await work();
    listCameras();
  } catch (error) {
    say(error.message);
    await lookForRun();
  } finally {
    button.disabled = false;
  }
}

function start(event) {
  event.preventDefault();
  attempt(() => trainer.start(chosen(), request(), how()));
}

async function lookForRun() {
  const { run } = (await ask("/api/run")) ?? {};
  at("going").hidden = !run || trainer.running;
}

async function present() {
  const found = await ask("/api/run");
  if (!found.run) throw new Refused("The run is over.", 404, {});
  return found;
}

function goOn() {
  attempt(async () => {
    const { run, exercise } = await present();
    at("going").hidden = true;
    const one = known.find((each) => each.slug === exercise) ?? chosen();
    await trainer.start(one, {}, how(run));
  });
}

function endIt() {
  attempt(async () => {
    const { run } = await present();
    await ask(`/api/run/${run}/command`, { name: "stop" });
    at("going").hidden = true;
  });
}

begin().catch((error) => say(error.message));
