// Tones and spoken sentences. One sentence at a time, the most important first; a sentence that
// had to wait too long is not said: a count is wrong once the next repetition has ended.

import { bytesAt } from "./api.js";

const FRESH_MS = [2000, 800, 1500, 4000];
const HELP = 0;
const NAMES = [
  "clean", "rejected", "unsure", "tick", "hold_done", "pip", "go", "set_done", "rest_over",
  "switch", "paused", "resumed",
];

export class Sound {
  constructor() {
    this.muted = false;
    this.speaks = true;
    this.tones = new Map();
    this.waiting = new Map();
    this.saying = null;
  }

  /** Call from a tap: browsers let a page sound only after one. */
  async open({ speaks }) {
    this.speaks = speaks && "speechSynthesis" in window;
    if (this.speaks) speechSynthesis.speak(new SpeechSynthesisUtterance(""));
    this.context ??= new AudioContext();
    this.context.resume().catch(() => {});
    if (this.tones.size) return;
    await Promise.all(
      NAMES.map(async (name) => {
        const bytes = await bytesAt(`/api/tones/${name}.wav`);
        if (bytes) this.tones.set(name, await this.context.decodeAudioData(bytes));
      }),
    );
  }

  toggle() {
    this.muted = !this.muted;
    if (this.muted) {
      this.waiting.clear();
      if (this.speaks) speechSynthesis.cancel();
    }
    return this.muted;
  }

  /** Plays and says what came with a frame. */
  hear({ tones = [], say = [] }) {
    if (this.muted || !this.context) return;
    let at = this.context.currentTime;
    for (const name of tones) {
      const tone = this.tones.get(name);
      if (!tone) continue;
      const source = new AudioBufferSourceNode(this.context, { buffer: tone });
      source.connect(this.context.destination);
      source.start(at);
      at += 0.05;
    }
    for (const [text, priority] of say) this.speak(text, priority);
  }

  speak(text, priority = 3) {
    if (!this.speaks || this.muted) return;
    this.waiting.set(priority, { text, until: performance.now() + FRESH_MS[priority] });
    if (this.saying === HELP && priority !== HELP) speechSynthesis.cancel();
    this.next();
  }

  next() {
    if (this.saying !== null) return;
    const now = performance.now();
    for (const priority of [...this.waiting.keys()].sort((a, b) => b - a)) {
      const { text, until } = this.waiting.get(priority);
      this.waiting.delete(priority);
      if (now > until) continue;
      const spoken = new SpeechSynthesisUtterance(text);
      spoken.lang = "en";
      const over = () => {
        clearTimeout(late);
        if (this.saying !== priority) return;
        this.saying = null;
        this.next();
      };
      // Some engines never tell that they have ended.
      const late = setTimeout(over, 8000);
      spoken.onend = spoken.onerror = over;
      this.saying = priority;
      speechSynthesis.speak(spoken);
      return;
    }
  }
}
