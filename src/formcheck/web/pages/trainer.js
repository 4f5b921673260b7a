// One run from the tap on Start to its summary: camera, link, sound, wake lock, keys.

import { ask, make, Refused } from "./api.js";
import { Camera } from "./camera.js";
import { RunLink } from "./run_link.js";
import { Sound } from "./sound.js";
import { Stage } from "./stage.js";

const TEN_WITHIN_MS = 1500;
const REMEMBERED = 5000;

/** Capture-to-drawn times in milliseconds, and of each the part that judging took. */
export const timings = [];
globalThis.formcheckTimings = timings;

export class Trainer {
  constructor(root, video, { painStops, onEnd }) {
    this.root = root;
    this.camera = new Camera(video);
    this.sound = new Sound();
    this.painStops = painStops;
    this.onEnd = onEnd;
    this.buttons = this.makeButtons();
    this.stage = new Stage(root, { controls: Object.values(this.buttons) });
    this.link = null;
    this.paused = false;
    this.one = -Infinity;
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("visibilitychange", () => this.stayAwake());
  }

  makeButtons() {
    const button = (text, key, act, more = {}) => {
      const made = make("button", { type: "button", "aria-keyshortcuts": key, title: `${text} (${key})`, ...more }, text);
      made.addEventListener("click", act);
      return made;
    };
    const extra = { class: "extra" };
    return {
      pause: button("Pause", "Space", () => this.togglePause()),
      next: button("Next set", "r", () => this.command("next_set"), extra),
      other: button("Other leg", "s", () => this.command("switch"), extra),
      anew: button("New start posture", "c", () => this.command("recalibrate"), extra),
      mute: button("Sound off", "m", () => this.toggleSound(), extra),
      full: button("Full screen", "f", () => this.toggleFull(), extra),
      more: button("More", "h", () => this.toggleMore(), { class: "more", "aria-expanded": "false" }),
      stop: button("End", "q", () => this.stop(), { "data-testid": "stop", class: "stop" }),
    };
  }

  toggleMore() {
    const shown = this.stage.controls.classList.toggle("all");
    this.buttons.more.setAttribute("aria-expanded", String(shown));
    this.buttons.more.textContent = shown ? "Less" : "More";
  }

  /** Asks for camera, sound and wake lock, and begins; call from a tap. `run` goes on with one. */
  async start(exercise, request, { camera, speaks, mirror, run = null }) {
    this.exercise = exercise;
    this.sound.open({ speaks }).catch(() => {});
    // The run comes first: loading the model takes longer than the camera, whose first pictures count.
    const link = new RunLink(run ?? (await ask("/api/run", request)).run);
    try {
      await link.open();
      await this.camera.open(camera);
    } catch (error) {
      this.camera.close();
      await link.command("stop").catch(() => {});
      link.close();
      throw error;
    }
    this.link = link;
    this.mirrored = mirror === "auto" ? this.camera.facing !== "environment" : mirror === "on";
    this.paused = false;
    this.scene = null;
    this.stage.clear();
    this.root.hidden = false;
    document.body.classList.add("training");
    this.buttons.stop.hidden = false;
    this.stage.controls.hidden = false;
    this.buttons.pause.focus({ preventScroll: true });
    this.stayAwake();
    this.loop();
  }

  get running() {
    return this.link !== null;
  }

  async loop() {
    const link = this.link;
    let picture = null;
    while (this.link === link) {
      const captured = await this.camera.next();
      if (captured === null || this.link !== link) break;
      const { bytes, bitmap } = await this.camera.grab();
      try {
        const scene = await link.frame(captured, bytes);
        if (this.link !== link) break;
        if (!scene.skipped) {
          picture?.close();
          picture = bitmap;
          this.take(picture, scene);
          this.measure(captured, scene);
        } else bitmap.close();
      } catch (error) {
        bitmap.close();
        if (!(error instanceof Refused)) throw error;
        if (error.status === 404 || error.status === 400) {
          this.ended(null, error.message);
          break;
        }
      }
    }
    picture?.close();
  }

  take(picture, scene) {
    this.scene = scene;
    this.sound.hear(scene);
    const outline = scene.placement || scene.stage === "placement" ? this.exercise.outline : null;
    this.stage.show(picture, scene, { mirrored: this.mirrored, outline });
    if (scene.summary) this.ended(scene.summary);
  }

  measure(captured, { work_ms: work }) {
    timings.push([performance.timeOrigin + performance.now() - captured, work]);
    if (timings.length > REMEMBERED) timings.shift();
  }

  async command(name, value) {
    if (!this.link) return;
    try {
      const scene = await this.link.command(name, value);
      this.sound.hear(scene);
      if (scene.summary) this.ended(scene.summary);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 404) this.ended(null, error.message);
    }
  }

  stop() {
    if (this.link) return this.command("stop");
    return this.leave();
  }

  togglePause() {
    this.paused = !this.paused;
    this.buttons.pause.textContent = this.paused ? "Go on" : "Pause";
    return this.command(this.paused ? "pause" : "resume");
  }

  toggleSound() {
    const off = this.sound.toggle();
    this.buttons.mute.textContent = off ? "Sound on" : "Sound off";
  }

  toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen?.().catch(() => {});
  }

  ended(summary, why = "") {
    if (!this.link) return;
    this.link.close();
    this.link = null;
    this.camera.close();
    this.lock?.release().catch(() => {});
    this.lock = null;
    this.stage.controls.hidden = true;
    const found = summary ?? { text: why, sets: [], reps: [], problems: [], most: "", number: null };
    this.stage.summarise(this.exercise.title, found, this.painRow(found), this.closing(found));
    this.onEnd?.(found, this);
  }

  closing(summary) {
    const done = make("button", { type: "button", class: "primary" }, "Done");
    done.addEventListener("click", () => this.leave());
    this.after = make("div", { class: "after" }, done,
      summary.number ? make("a", { href: `/history#${summary.number}` }, "In the history") : null);
    return this.after;
  }

  painRow(summary) {
    if (!summary.number || !summary.sets.length) return null;
    const said = make("p", { role: "status" });
    const note = async (pain) => {
      try {
        const answer = await ask(`/api/history/${summary.number}/note`, { set: summary.sets.at(-1).set, pain });
        said.textContent = answer.say;
        summary.pain = pain;
      } catch (error) {
        said.textContent = error.message;
      }
    };
    this.notePain = note;
    const buttons = [...Array(11).keys()].map((pain) => {
      const button = make("button", { type: "button", "aria-label": `Pain ${pain} of 10` }, String(pain));
      button.addEventListener("click", () => note(pain));
      return button;
    });
    return make("fieldset", { class: "pain" },
      make("legend", {}, "Does it hurt? 0 is not at all; from 4 on training stops."), ...buttons, said);
  }

  leave() {
    this.notePain = null;
    if (document.fullscreenElement) document.exitFullscreen();
    this.root.hidden = true;
    document.body.classList.remove("training");
    this.stage.clear();
    document.querySelector('[data-testid="start"]')?.focus();
  }

  async stayAwake() {
    if (!this.link || document.visibilityState !== "visible" || !navigator.wakeLock) return;
    try {
      this.lock = await navigator.wakeLock.request("screen");
    } catch {
      this.lock = null;
    }
  }

  key(event) {
    if (this.root.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target instanceof HTMLButtonElement;
    if (/^[0-9]$/.test(event.key)) {
      this.painKey(event.key);
      return;
    }
    if (event.key === " " && onButton) return;
    const buttons = {
      " ": "pause", r: "next", s: "other", c: "anew", m: "mute", f: "full", h: "more", q: "stop", Escape: "stop",
    };
    const name = buttons[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!name) return;
    event.preventDefault();
    if (this.link || name === "stop") this.buttons[name].click();
  }

  painKey(digit) {
    const now = performance.now();
    const pain = digit === "0" && now - this.one <= TEN_WITHIN_MS ? 10 : Number(digit);
    this.one = digit === "1" ? now : -Infinity;
    if (this.link) this.command("pain", pain);
    else this.notePain?.(pain);
  }
}
