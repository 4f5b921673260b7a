// A second screen on the same run: picture and counts from afar, while the phone films.

import { ask, bytesAt, enter, make, say, socketAt } from "./api.js";
import { Stage } from "./stage.js";

const AGAIN_MS = 1500;
const at = (id) => document.getElementById(id);

let known = [];
let stage = null;
let picture = null;
let lock = null;

async function begin() {
  await enter();
  known = (await ask("/api/exercises")).exercises;
  const full = make("button", { type: "button", "aria-keyshortcuts": "f" }, "Full screen");
  const leave = make("a", { href: "/", class: "button" }, "Leave");
  full.addEventListener("click", () => at("stage").requestFullscreen?.().catch(() => {}));
  document.addEventListener("keydown", ({ key }) => {
    if (key === "f" && !at("stage").hidden) full.click();
  });
  document.addEventListener("visibilitychange", stayAwake);
  stage = new Stage(at("stage"), { controls: [full, leave] });
  for (;;) {
    const opened = await bySocket();
    if (!opened) await byRequests();
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** Shows frames from a socket until it closes; returns whether it ever opened. */
function bySocket() {
  return new Promise((resolve) => {
    const socket = new WebSocket(socketAt("/api/watch"));
    let opened = false;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      opened = true;
      say("");
    };
    socket.onmessage = async ({ data }) => {
      await show(data);
      if (socket.readyState === WebSocket.OPEN) socket.send("next");
    };
    socket.onclose = () => resolve(opened);
  });
}

async function byRequests() {
  try {
    for (;;) {
      const data = await bytesAt("/api/watch/frame");
      if (data) await show(data);
    }
  } catch (error) {
    say(error.message);
  }
}

async function show(data) {
  const length = new DataView(data).getUint32(0, true);
  const scene = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
  const jpeg = new Uint8Array(data, 4 + length);
  if (jpeg.length) {
    const next = await createImageBitmap(new Blob([jpeg], { type: "image/jpeg" }));
    picture?.close();
    picture = next;
  }
  const exercise = known.find((one) => one.slug === scene.exercise);
  if (at("stage").hidden) {
    at("stage").hidden = false;
    document.body.classList.add("training");
    stayAwake();
  }
  if (!scene.summary) stage.card.hidden = true;
  stage.show(picture, scene, { mirrored: false, outline: exercise?.outline });
  if (scene.summary) stage.summarise(exercise?.title ?? "Summary", scene.summary);
}

async function stayAwake() {
  if (document.visibilityState !== "visible" || !navigator.wakeLock || at("stage").hidden) return;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    lock = null;
  }
}

begin().catch((error) => say(error.message));
