// The way of a run's frames: one socket, or requests where the browser refuses the socket, as
// iPhones do for a certificate that was only clicked through. One frame is under way at a time.

import { ask, sendBytes, socketAt, Refused } from "./api.js";

const AGAIN_MS = 1000;
const GIVE_UP_MS = 120000;

export class RunLink {
  constructor(run) {
    this.run = run;
    this.socket = null;
    this.byRequests = false;
    this.answers = [];
    this.closed = false;
  }

  get path() {
    return `/api/run/${this.run}`;
  }

  /** Opens the socket; falls back to requests if it can't be opened. */
  async open() {
    try {
      await this.connect();
    } catch {
      this.byRequests = true;
    }
  }

  connect() {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(socketAt(`${this.path}/socket`));
      const late = setTimeout(() => socket.close(), 4000);
      socket.binaryType = "arraybuffer";
      socket.onopen = () => {
        clearTimeout(late);
        this.socket = socket;
        resolve();
      };
      socket.onmessage = ({ data }) => this.answers.shift()?.resolve(JSON.parse(data));
      socket.onclose = () => {
        clearTimeout(late);
        this.socket = null;
        for (const { reject: fail } of this.answers.splice(0)) fail(new Refused("The connection broke off.", 0, {}));
        reject(new Error("closed"));
      };
    });
  }

  exchange(data) {
    return new Promise((resolve, reject) => {
      this.answers.push({ resolve, reject });
      this.socket.send(data);
    });
  }

  /** Sends a picture with its capture time; returns what was judged in it. */
  async frame(capturedMs, jpeg) {
    const message = new Uint8Array(8 + jpeg.byteLength);
    new DataView(message.buffer).setFloat64(0, capturedMs, true);
    message.set(new Uint8Array(jpeg), 8);
    if (this.byRequests) return sendBytes(`${this.path}/frame`, message);
    if (!this.socket) await this.reconnect();
    return checked(await this.exchange(message));
  }

  async command(name, value) {
    if (this.byRequests || !this.socket) return ask(`${this.path}/command`, { name, value });
    return checked(await this.exchange(JSON.stringify({ name, value })));
  }

  async reconnect() {
    const until = performance.now() + GIVE_UP_MS;
    while (performance.now() < until && !this.closed) {
      try {
        await this.connect();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
    throw new Refused("The connection to formcheck serve is gone.", 404, {});
  }

  close() {
    this.closed = true;
    this.socket?.close();
  }
}

function checked(values) {
  if (values.error) throw new Refused(values.error, values.over ? 404 : 422, values);
  return values;
}
