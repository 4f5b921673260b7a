// The way to the server: the link's token becomes a cookie, and every answer is checked.

export class Refused extends Error {
  constructor(message, status, values) {
    super(message);
    this.status = status;
    this.values = values;
  }
}

const NO_SERVER = "formcheck serve does not answer: is it still running?";

async function send(path, options) {
  try {
    return await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(NO_SERVER, 0, {});
  }
}

/** Asks the server; returns its JSON, null where it has none to give. Throws `Refused`. */
export async function ask(path, body, method = body === undefined ? "GET" : "POST") {
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  const answer = await send(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return values(answer);
}

/** Sends bytes and returns the JSON of the answer. */
export async function sendBytes(path, bytes, signal) {
  return values(await send(path, { method: "POST", body: bytes, signal }));
}

/** Returns the bytes at an address; null where there are none yet. */
export async function bytesAt(path) {
  const answer = await send(path, {});
  if (answer.status === 204) return null;
  if (!answer.ok) await values(answer);
  return answer.arrayBuffer();
}

async function values(answer) {
  if (answer.status === 204) return null;
  const text = await answer.text();
  let found = {};
  try {
    found = JSON.parse(text);
  } catch {
    found = { error: text };
  }
  if (!answer.ok) throw new Refused(found.error || `The server says ${answer.status}.`, answer.status, found);
  return found;
}

/** Exchanges the token of the link for a cookie, and takes it out of the address. */
export async function enter() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    history.replaceState(null, "", location.pathname + location.search);
    await ask("/api/login", { token });
  }
}

/** Returns the address of a socket. */
export function socketAt(path) {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
}

/** Shows a sentence in the page's place for messages; an empty one takes it away. */
export function say(sentence) {
  const place = document.getElementById("said");
  place.textContent = sentence;
  place.hidden = !sentence;
  if (sentence) place.scrollIntoView({ block: "nearest" });
}

/** Makes an element: `make("p", { class: "small" }, "text", child)`. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function capital(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : "";
}
