// The stage of a run, to be read from three metres away: picture, counts, verdict, what to do now.
// The page that trains and the pages that watch show the same stage.

import { make, capital } from "./api.js";
import { draw } from "./draw.js";

const STAGES = {
  placement: ({ set, sets }) => `Placement, set ${set} of ${sets}`,
  countdown: ({ set, sets }) => `Countdown to set ${set} of ${sets}`,
  set: ({ set, sets }) => `Set ${set} of ${sets}`,
  rest: () => "Rest",
  summary: () => "Summary",
};
const SIGNS = { prompt: "i", fault: "!", rejected: "✗", doubt: "?", counted: "✓" };
const VERDICT_SIGNS = { clean: "✓", compensated: "✗", partial: "✗", unverified: "?" };
const SIDES = ["left", "right", "both"];
// Trunk lengths between the shoulders from which on left and right are certain.
const APART = 0.35;

export class Stage {
  constructor(root, { controls = [] } = {}) {
    this.canvas = make("canvas", { role: "img", "aria-label": "Camera picture with your posture" });
    this.label = make("p", { class: "label", "data-testid": "stage", role: "status" });
    this.counts = Object.fromEntries(SIDES.map((side) => [side, this.countOf(side)]));
    this.sign = make("span", { class: "sign", "aria-hidden": "true" });
    this.title = make("strong");
    this.detail = make("span", { class: "detail" });
    this.banner = make("div", { class: "banner", hidden: true }, this.sign, make("p", {}, this.title, this.detail));
    this.verdict = make("p", { class: "verdict", "data-testid": "last-verdict", role: "status", hidden: true });
    this.big = make("p", { class: "big", hidden: true });
    this.bigUnder = make("p", { class: "under" });
    this.card = make("div", { class: "card", hidden: true });
    this.controls = make("div", { class: "controls" }, ...controls);
    this.root = root;
    root.append(
      this.canvas,
      make("div", { class: "top" },
        this.counts.left.panel, this.label, this.counts.both.panel, this.counts.right.panel),
      this.big,
      this.card,
      make("div", { class: "bottom" }, this.verdict, this.banner, this.controls),
    );
    this.said = "";
    this.leftFirst = true;
  }

  /** Puts each leg's count on the side of the picture where the leg is; from the side it stays. */
  placeCounts({ points }, mirrored) {
    const [left, right, hip] = [points?.[11], points?.[12], points?.[23] ?? points?.[24]];
    if (!left || !right || !hip) return;
    const trunk = Math.hypot(left[0] - hip[0], left[1] - hip[1]);
    const across = (left[0] - right[0]) * (mirrored ? -1 : 1);
    if (Math.abs(across) > APART * trunk) this.leftFirst = across < 0;
    this.root.classList.toggle("swapped", !this.leftFirst);
  }

  countOf(side) {
    const number = make("span", { class: "number", "data-testid": `count-${side}` }, "0");
    const target = make("span", { class: "target" });
    const tried = make("span", { class: "tried" });
    const name = side === "both" ? "Count" : capital(side);
    const panel = make("div", { class: "count", "data-side": side, hidden: true },
      make("span", { class: "name" }, name), number, target, tried);
    return { panel, number, target, tried };
  }

  show(picture, scene, { mirrored = false, outline = null } = {}) {
    draw(this.canvas, picture, scene, { mirrored, outline });
    this.placeCounts(scene, mirrored);
    this.root.dataset.stage = scene.stage;
    const label = STAGES[scene.stage]?.(scene) ?? "";
    if (this.label.textContent !== label) this.label.textContent = label;
    this.label.dataset.stage = scene.stage;
    this.showCounts(scene.summary ? scene.summary.by_side : scene.counts, scene);
    this.showVerdict(scene.last);
    this.showMessage(scene);
    this.showBig(scene);
  }

  showCounts(counts, { target, called, phases = {}, strain, stage, sets, summary }) {
    for (const side of SIDES) {
      const { panel, number, target: under, tried } = this.counts[side];
      const found = counts?.[side];
      panel.hidden = !found;
      if (!found) continue;
      set(number, String(found.clean));
      set(under, summary && sets > 1 ? "in all" : `of ${target}`);
      const rejected = found.compensated + found.partial;
      const parts = [];
      if (rejected) parts.push(`✗ ${rejected}`);
      if (found.unverified) parts.push(`? ${found.unverified}`);
      set(tried, found.attempts ? [...parts, `${found.attempts} tried`].join("  ") : "");
      panel.classList.toggle("done", found.clean >= target);
      panel.classList.toggle("called", called === side);
      const moving = stage === "set" && (phases[side] ?? "rest") !== "rest";
      panel.classList.toggle("moving", moving);
      panel.classList.toggle("strained", moving && strain?.share >= 1);
    }
  }

  showVerdict(last) {
    this.verdict.hidden = !last;
    if (!last) return;
    const text = verdictText(last);
    const key = `${last.number}${text}`;
    if (this.said === key) return;
    this.said = key;
    this.verdict.dataset.verdict = last.verdict;
    this.verdict.dataset.number = last.number;
    this.verdict.dataset.about = ` (rep ${last.number}${last.side === "both" ? "" : `, ${last.side}`})`;
    this.verdict.textContent = text;
  }

  showMessage({ paused, message, notice, stage }) {
    const shown = paused ? { kind: "prompt", title: paused, detail: "" } : message;
    const told = shown ?? (notice ? { kind: "prompt", title: notice, detail: "" } : null);
    // The verdict has a line of its own.
    const repeated = told && ["rejected", "doubt", "counted"].includes(told.kind);
    this.banner.hidden = !told || repeated || stage === "summary" || stage === "rest";
    this.verdict.classList.toggle("large", this.banner.hidden);
    if (this.banner.hidden) return;
    this.banner.dataset.kind = told.kind;
    set(this.sign, SIGNS[told.kind] ?? "i");
    set(this.title, told.title);
    set(this.detail, told.detail);
  }

  showBig({ stage, countdown_s: countdown, rest_left_s: rest, set: number, sets, paused, hold_s: held,
            hold_target_s: hold, phases = {} }) {
    let [text, under] = ["", ""];
    if (stage === "countdown") [text, under] = [String(Math.max(1, Math.ceil(countdown))), "hold still"];
    else if (stage === "rest") [text, under] = [clock(rest), `rest, then set ${number + 1} of ${sets}`];
    else if (stage === "set" && hold > 0 && held > 0 && Object.values(phases).some((phase) => phase !== "rest")) {
      [text, under] = [held.toFixed(1), `of ${hold} s held`];
    }
    this.big.hidden = !text || Boolean(paused);
    if (this.big.hidden) return;
    if (this.big.dataset.text !== text + under) {
      this.big.dataset.text = text + under;
      set(this.bigUnder, under);
      this.big.replaceChildren(text, this.bigUnder);
    }
    this.big.classList.toggle("aside", stage === "set");
  }

  /** Shows the summary of a run, with what else belongs on its card. */
  summarise(title, summary, ...further) {
    this.card.hidden = false;
    this.banner.hidden = true;
    this.big.hidden = true;
    this.root.dataset.stage = "summary";
    this.label.dataset.stage = "summary";
    set(this.label, "Summary");
    const sets = summary.sets.length > 1 ? summary.sets.map((one) => make("li", {}, `Set ${one.set}: ${one.text}`)) : [];
    this.card.replaceChildren(
      make("div", { "data-testid": "summary" },
        make("h2", { tabindex: "-1" }, title),
        make("p", { class: "total" }, capital(summary.text)),
        summary.most ? make("p", {}, summary.most) : null,
        sets.length ? make("ul", {}, ...sets) : null,
        ...summary.problems.map((problem) => make("p", { class: "problem" }, problem)),
        summary.reps.length ? repTable(summary.reps) : null,
      ),
      ...further,
    );
    this.card.querySelector("h2").focus({ preventScroll: true });
  }

  clear() {
    this.card.hidden = true;
    this.card.replaceChildren();
    this.verdict.hidden = true;
    this.banner.hidden = true;
    this.big.hidden = true;
    this.said = "";
    set(this.label, "");
    for (const { panel } of Object.values(this.counts)) panel.hidden = true;
  }
}

/** Returns a table of repetitions: number, leg, verdict, why. */
export function repTable(reps) {
  const rows = reps.map((rep) =>
    make("tr", { "data-verdict": rep.verdict },
      make("td", {}, String(rep.number)),
      make("td", {}, rep.side),
      make("td", {}, `${VERDICT_SIGNS[rep.verdict]} ${rep.verdict}`),
      make("td", {}, rep.why)));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Repetitions" },
    make("table", {},
      make("thead", {}, make("tr", {}, ...["Rep", "Leg", "Verdict", "Why"].map((name) => make("th", { scope: "col" }, name)))),
      make("tbody", {}, ...rows)));
}

export function verdictText({ verdict, why }) {
  return why ? `${capital(verdict)}: ${why}` : capital(verdict);
}

function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds - 1e-6));
  return whole >= 60 ? `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}` : String(whole);
}

function set(element, text) {
  if (element.textContent !== text) element.textContent = text ?? "";
}
