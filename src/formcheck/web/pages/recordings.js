// Recordings on the page that trains: drop or choose, progress, report, keep or delete.

import { ask, make, Refused } from "./api.js";

const POLL_MS = 700;

export class Recordings {
  constructor(root, exercises) {
    this.exercises = exercises;
    this.items = [];
    this.queue = [];
    this.uploading = null;
    this.fresh = new Set();
    this.input = make("input", {
      type: "file", accept: "video/*", multiple: true, id: "upload", "data-testid": "upload", class: "file",
    });
    this.which = make("select", { id: "upload-exercise" },
      make("option", { value: "auto" }, "Recognise it"), ...exercises.map((one) => make("option", { value: one.slug }, one.title)));
    this.status = make("p", { class: "upload-status", "data-testid": "upload-status", role: "status" });
    this.list = make("ul", { class: "recordings" });
    this.drop = make("div", { class: "drop" },
      make("label", { for: "upload", class: "choose" }, "Choose recordings, or drop them here"), this.input);
    root.append(
      make("p", { class: "small" }, "Videos are judged on this machine and go nowhere else."),
      make("label", {}, "Exercise", this.which), this.drop, this.status, this.list);
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    this.listenForDrops();
    this.refresh();
  }

  listenForDrops() {
    for (const name of ["dragenter", "dragover"]) {
      this.drop.addEventListener(name, (event) => {
        event.preventDefault();
        this.drop.classList.add("over");
      });
    }
    for (const name of ["dragleave", "drop"]) this.drop.addEventListener(name, () => this.drop.classList.remove("over"));
    this.drop.addEventListener("drop", (event) => {
      event.preventDefault();
      this.add([...event.dataTransfer.files]);
    });
    // A file that misses the place must not replace the page.
    for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  }

  add(files) {
    this.input.value = "";
    for (const file of files) this.queue.push({ file, exercise: this.which.value });
    if (!this.uploading) this.next();
  }

  async next() {
    const first = this.queue.shift();
    this.uploading = first ?? null;
    if (!first) return;
    try {
      const made = await this.send(first);
      this.fresh.add(made.id);
      this.say(`${first.file.name} is uploaded and waits for its analysis.`);
    } catch (error) {
      this.say(`${first.file.name}: ${error.message}`);
    }
    await this.refresh();
    await this.next();
  }

  send({ file, exercise }) {
    if (this.mostBytes && file.size > this.mostBytes) {
      throw new Refused(`It has ${megabytes(file.size)}; at most ${megabytes(this.mostBytes)} are taken (--max-upload).`, 413, {});
    }
    const asked = new URLSearchParams({ name: file.name, exercise, recorded_ms: file.lastModified });
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", `/api/recordings?${asked}`);
      request.upload.onprogress = ({ loaded, total }) => this.sent(file.name, loaded / total, request);
      request.onload = () => {
        const values = parsed(request.responseText);
        if (request.status === 200) resolve(values);
        else reject(new Refused(values.error ?? `The server says ${request.status}.`, request.status, values));
      };
      request.onerror = () => reject(new Refused("The upload broke off.", 0, {}));
      request.onabort = () => reject(new Refused("The upload was cancelled.", 0, {}));
      this.sent(file.name, 0, request);
      request.send(file);
    });
  }

  sent(name, share, request) {
    if (!this.cancel) {
      this.cancel = make("button", { type: "button" }, "Cancel");
      this.bar = make("progress", { max: 1, "aria-label": "Upload" });
      this.status.after(make("div", { class: "row sending" }, this.bar, this.cancel));
    }
    this.cancel.onclick = () => request.abort();
    this.bar.value = share;
    this.cancel.parentElement.hidden = share >= 1;
    this.say(`Uploading ${name}: ${Math.round(100 * share)} %`);
  }

  say(text) {
    if (this.cancel && !text.startsWith("Uploading")) this.cancel.parentElement.hidden = true;
    this.status.textContent = text;
  }

  async refresh() {
    clearTimeout(this.timer);
    try {
      const found = await ask("/api/recordings");
      this.items = found.recordings;
      this.mostBytes = found.most_bytes;
    } catch (error) {
      this.say(error.message);
      return;
    }
    this.show();
    this.tellFresh();
    if (this.items.some(({ stage }) => stage === "waiting" || stage === "analysing")) {
      this.timer = setTimeout(() => this.refresh(), POLL_MS);
    }
  }

  /** Tells how the recordings of this visit are going; an upload under way comes first. */
  tellFresh() {
    if (this.uploading) return;
    const mine = this.items.find(({ id, stage }) => this.fresh.has(id) && stage === "analysing")
      ?? this.items.find(({ id }) => this.fresh.has(id));
    if (mine) this.say(`${mine.name}: ${told(mine)}`);
  }

  show() {
    const focused = document.activeElement?.dataset?.act;
    this.list.replaceChildren(...this.items.map((item) => this.row(item)));
    if (focused) this.list.querySelector(`[data-act="${CSS.escape(focused)}"]`)?.focus();
  }

  row(item) {
    const act = (text, name, work) => {
      const button = make("button", { type: "button", "data-act": `${name} ${item.id}`, "aria-label": `${text}: ${item.name}` }, text);
      button.addEventListener("click", async () => {
        button.disabled = true;
        try {
          const answer = await work();
          if (answer?.warnings?.length) this.say(answer.warnings[0]);
        } catch (error) {
          this.say(error.message);
        }
        await this.refresh();
      });
      return button;
    };
    const busy = item.stage === "waiting" || item.stage === "analysing";
    const parts = [make("strong", {}, item.name), make("span", {}, told(item))];
    if (item.stage === "analysing") parts.push(make("progress", { max: 1, value: item.share, "aria-label": `Analysis of ${item.name}` }));
    const actions = [];
    if (item.report) {
      actions.push(make("a", { class: "button primary", href: item.report, target: "_blank", rel: "noopener", "data-testid": "report-link", "data-act": `report ${item.id}`, "aria-label": `Report: ${item.name}` }, "Report"));
      if (item.kept) actions.push(make("span", { class: "small" }, "In the history"));
      else actions.push(act("Keep in the history", "keep", () => ask(`/api/recordings/${item.id}/keep`, {})));
    }
    if (item.stage === "failed") {
      const which = make("select", { "aria-label": `Exercise of ${item.name}` }, ...this.exercises.map((one) => make("option", { value: one.slug }, one.title)));
      if (item.exercise !== "auto") which.value = item.exercise;
      parts.push(which);
      actions.push(act("Analyse again", "again", () => ask(`/api/recordings/${item.id}/again`, { exercise: which.value })));
    }
    actions.push(act(busy ? "Cancel" : "Delete", "delete", () => ask(`/api/recordings/${item.id}`, undefined, "DELETE")));
    return make("li", { "data-stage": item.stage }, ...parts, make("div", { class: "row" }, ...actions));
  }
}

function told({ stage, share, text }) {
  if (stage === "waiting") return "Waiting";
  if (stage === "analysing") return `Analysing: ${Math.round(100 * share)} %`;
  return stage === "done" ? `Done: ${text}` : text;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const megabytes = (bytes) => `${Math.ceil(bytes / 1e6)} MB`;
