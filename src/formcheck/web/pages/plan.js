// The training plan: today's exercises, led through one after the other, and what comes next.

import { ask, capital, enter, make, say } from "./api.js";
import { Trainer } from "./trainer.js";

const at = (id) => document.getElementById(id);

let exercises = [];
let plan = null;
let trainer = null;
let trained = [];

async function begin() {
  await enter();
  const found = await ask("/api/exercises");
  exercises = found.exercises;
  trainer = new Trainer(at("stage"), at("camera-view"), { painStops: found.pain_stops, onEnd: ended });
  show(await ask("/api/plan"));
  ask("/api/run").catch(() => {});
}

function show(found) {
  plan = found;
  if (!found.exists) {
    at("plan").replaceChildren(
      make("p", {}, "There is no plan yet. A plan says which exercises you train on which days, and moves on as you do."),
      make("div", { class: "row" }, ...found.levels.map((level) => {
        const button = make("button", { type: "button", class: "primary" }, `Make the ${level} plan`);
        button.addEventListener("click", () => attempt(async () => show(await ask("/api/plan", { level }))));
        return button;
      })));
    return;
  }
  const rows = plan.entries.map((entry, index) => {
    const button = make("button", { type: "button", "aria-label": `Begin with ${entry.title}` }, index ? "From here" : "Start");
    if (!index) button.classList.add("primary");
    if (!index) button.dataset.testid = "plan-start";
    button.addEventListener("click", () => attempt(() => lead(index)));
    button.disabled = Boolean(plan.stopped);
    const next = plan.next[index];
    return make("li", {},
      make("div", {}, make("strong", {}, entry.title), make("p", {}, entry.text),
        make("p", { class: "small" }, next && next.step !== "stay" ? `${capital(next.text)}. ${next.reasons.join(" ")}` : "")),
      button);
  });
  const due = plan.due ? "Today is one of them." : "Today is none of them.";
  at("plan").replaceChildren(
    make("p", {}, `${capital(plan.level)} plan, on ${plan.days}. ${due}`),
    ...plan.remarks.map((remark) => make("p", { class: "small" }, remark)),
    ...(plan.stopped ? [stopped(plan.stopped)] : []),
    make("ol", { class: "entries" }, ...rows),
    make("label", { class: "check" }, make("input", { id: "speaks", type: "checkbox", checked: true }), " Say counts and corrections aloud"),
    make("label", {}, "Camera", make("select", { id: "camera" },
      make("option", { value: "user" }, "Front, or the only one"), make("option", { value: "environment" }, "Back"))),
    make("p", { class: "small" }, `The plan is a text file that you may change: ${plan.path}`),
  );
}

function stopped({ exercise, why }) {
  const go = make("button", { type: "button" }, "I know better: go on");
  go.addEventListener("click", () => attempt(async () => show(await ask("/api/plan/overrule", { exercise, wanted: "resume" }))));
  return make("div", { class: "said" }, make("p", {}, `The plan has stopped: ${why}`), go);
}

async function attempt(work) {
  say("");
  try {
    await work();
  } catch (error) {
    say(error.message);
  }
}

let place = 0;

/** Trains the exercise at a place of the plan; the next one follows by itself. */
async function lead(index) {
  place = index;
  const entry = plan.entries[index];
  const exercise = exercises.find((one) => one.slug === entry.name);
  await trainer.start(exercise, entry.run, {
    camera: at("camera").value, speaks: at("speaks").checked, mirror: "auto",
  });
  trainer.sound.speak(entry.announcement);
}

function ended(summary) {
  const entry = plan.entries[place];
  if (summary.number) trained.push(entry.name);
  const asked = entry.run.sets;
  const hurts = summary.pain_stopped;
  const next = plan.entries[place + 1];
  if (!hurts && next && summary.sets.length >= asked) waitForNext(next, summary);
  else finish(next && !hurts ? next : null);
}

/** Counts the rest between two exercises down: the time to move the camera. */
function waitForNext(next, summary) {
  let left = Math.ceil(plan.between_s);
  const words = make("p", { class: "total", role: "timer" });
  const now = make("button", { type: "button", class: "primary" }, "Next now");
  const stop = make("button", { type: "button" }, "That is all for today");
  const box = make("div", { class: "after" }, make("p", {}, next.announcement), words, now, stop);
  const go = () => {
    clearInterval(timer);
    // Pain noted on the card stops the plan as it stops a run.
    if ((summary.pain ?? 0) >= trainer.painStops) {
      box.remove();
      finish(null);
      return;
    }
    attempt(() => lead(place + 1));
  };
  const tick = () => {
    words.textContent = `${left} s`;
    if (left <= 0) go();
    left -= 1;
  };
  const timer = setInterval(tick, 1000);
  tick();
  trainer.sound.speak(next.announcement);
  now.addEventListener("click", go);
  stop.addEventListener("click", () => {
    clearInterval(timer);
    box.remove();
    finish(null);
  });
  trainer.after.replaceWith(box);
  now.focus();
}

/** Ends the day: says what comes next time, and why. */
async function finish(next) {
  const done = trained;
  trained = [];
  try {
    const { next: decided } = await ask("/api/plan/after", { trained: done });
    const said = decided.map((one) => make("li", {}, make("strong", {}, `${one.title}: ${one.text}. `), one.reasons.join(" ")));
    trainer.stage.card.append(make("div", {}, make("h3", {}, "Next time"), make("ul", {}, ...said)));
    if (next) trainer.stage.card.append(make("p", {}, `Not done: ${next.title} and what follows.`));
    show(await ask("/api/plan"));
  } catch (error) {
    say(error.message);
  }
}

begin().catch((error) => say(error.message));
