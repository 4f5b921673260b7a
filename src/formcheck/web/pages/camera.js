// The camera: the newest picture only, with the time at which it was captured.

const WIDEST = 1280;
const QUALITY = 0.85;
export const SEND_WIDE = 960;

const SAYS = {
  NotAllowedError: "The camera is not allowed: allow it for this page in the browser's settings, then start again.",
  NotFoundError: "No camera was found: connect one, or open this page on a phone.",
  NotReadableError: "Another program has the camera: close it, then start again.",
  OverconstrainedError: "This camera does not answer: choose another one.",
  AbortError: "The camera could not be started: start again.",
};

export class Camera {
  constructor(video) {
    this.video = video;
    this.fresh = null;
    this.woken = null;
    this.running = false;
    this.worker = null;
    this.waiting = new Map();
    this.number = 0;
  }

  /** Opens a camera: `user`, `environment`, or the identity of one. Throws an Error with a sentence. */
  async open(choice) {
    if (!navigator.mediaDevices?.getUserMedia) {
      throw new Error("The browser gives no camera to this address: open the link that begins with https.");
    }
    const one = ["user", "environment"].includes(choice)
      ? { facingMode: { ideal: choice } }
      : { deviceId: { exact: choice } };
    const wanted = {
      ...one,
      width: { ideal: WIDEST },
      height: { ideal: 720 },
      frameRate: { ideal: 30 },
      resizeMode: { ideal: "none" },
    };
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    } catch (error) {
      throw new Error(SAYS[error.name] ?? `The camera could not be started (${error.name}).`);
    }
    this.video.srcObject = this.stream;
    await this.video.play();
    const [track] = this.stream.getVideoTracks();
    this.label = track.label;
    this.facing = track.getSettings().facingMode ?? (choice === "environment" ? choice : "user");
    this.running = true;
    this.listen();
  }

  close() {
    this.running = false;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.video.srcObject = null;
    this.worker?.terminate();
    this.worker = null;
    this.woken?.(null);
    this.woken = null;
  }

  /** Waits for a picture that was not taken yet; returns its capture time in ms, null at the end. */
  next() {
    if (!this.running) return Promise.resolve(null);
    if (this.fresh !== null) {
      const taken = this.fresh;
      this.fresh = null;
      return Promise.resolve(taken);
    }
    return new Promise((resolve) => {
      this.woken = resolve;
    });
  }

  listen() {
    const note = (now, about) => {
      if (!this.running) return;
      const captured = performance.timeOrigin + (about?.captureTime ?? now);
      if (this.woken) {
        const woken = this.woken;
        this.woken = null;
        woken(captured);
      } else this.fresh = captured;
      this.again(note);
    };
    this.again(note);
  }

  again(note) {
    if (this.video.requestVideoFrameCallback) {
      this.video.requestVideoFrameCallback(note);
      return;
    }
    const shown = this.video.currentTime;
    const look = (now) => {
      if (!this.running) return;
      if (this.video.currentTime !== shown) note(now);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }

  /** Returns the present picture as a bitmap to draw and as the bytes of a JPEG. */
  async grab() {
    const { videoWidth, videoHeight } = this.video;
    const scale = Math.min(1, SEND_WIDE / Math.max(videoWidth, videoHeight));
    const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
    const bitmap = await createImageBitmap(this.video);
    if (typeof OffscreenCanvas === "undefined") return this.encodedHere(bitmap, width, height);
    if (!this.worker) {
      this.worker = new Worker("/assets/encoder.js");
      this.worker.onmessage = ({ data }) => {
        this.waiting.get(data.id)?.(data);
        this.waiting.delete(data.id);
      };
    }
    const id = ++this.number;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.worker.postMessage({ id, bitmap, width, height, quality: QUALITY }, [bitmap]);
    });
  }

  async encodedHere(bitmap, width, height) {
    this.canvas ??= document.createElement("canvas");
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.getContext("2d", { alpha: false }).drawImage(bitmap, 0, 0, width, height);
    const blob = await new Promise((resolve) => this.canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return { bytes: await blob.arrayBuffer(), bitmap };
  }
}

/** Returns the cameras of this device; their names are known once one was allowed. */
export async function cameras() {
  if (!navigator.mediaDevices?.enumerateDevices) return [];
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((each) => each.kind === "videoinput" && each.deviceId && each.label);
}
