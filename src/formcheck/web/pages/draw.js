// Draws a judged frame: the picture, the limbs, the counted angle with its zone, the trunk's line.
// Colours carry no meaning alone: near a limit the trunk's line is broken, past it it has bars.

const SKY = "rgb(86 180 233)";
const GREEN = "rgb(30 190 135)";
const AMBER = "rgb(250 165 0)";
const VERMILLION = "rgb(245 110 50)";
const WHITE = "#fff";
const INK = "rgb(18 20 24)";

const LIMBS = [
  [11, 13], [13, 15], [12, 14], [14, 16], [11, 12], [23, 24],
  [23, 25], [24, 26], [25, 27], [26, 28], [27, 31], [28, 32],
];
const LEGS = { left: [23, 25, 27], right: [24, 26, 28] };
const JOINTS = [...new Set(LIMBS.flat())];

const RAD = Math.PI / 180;
const ZONE_DEG = 14;

class Pen {
  constructor(context, width, height, mirrored) {
    this.c = context;
    this.width = width;
    this.height = height;
    this.mirrored = mirrored;
    this.unit = Math.min(width, height) / 100;
  }

  at([x, y]) {
    return [this.mirrored ? this.width - 1 - x : x, y];
  }

  line(points, colour, units, dash = []) {
    const seen = points.map((point) => this.at(point));
    for (const [ink, extra] of [[INK, 0.9], [colour, 0]]) {
      this.c.beginPath();
      seen.forEach(([x, y], i) => (i ? this.c.lineTo(x, y) : this.c.moveTo(x, y)));
      this.c.strokeStyle = ink;
      this.c.lineWidth = (units + extra) * this.unit;
      this.c.setLineDash(dash.map((d) => d * this.unit));
      this.c.stroke();
    }
    this.c.setLineDash([]);
  }

  dot(point, units, colour) {
    const [x, y] = this.at(point);
    for (const [ink, more] of [[INK, 0.4], [colour, 0]]) {
      this.c.beginPath();
      this.c.arc(x, y, (units + more) * this.unit, 0, 2 * Math.PI);
      this.c.fillStyle = ink;
      this.c.fill();
    }
  }

  arc(point, radius, fromDeg, byDeg, { fill, stroke, units }) {
    const [x, y] = this.at(point);
    const turned = (deg) => (this.mirrored ? 180 - deg : deg) * RAD;
    const end = fromDeg + byDeg;
    const backwards = this.mirrored ? byDeg > 0 : byDeg < 0;
    this.c.beginPath();
    if (fill) this.c.moveTo(x, y);
    this.c.arc(x, y, radius, turned(fromDeg), turned(end), backwards);
    if (fill) {
      this.c.closePath();
      this.c.globalAlpha = 0.38;
      this.c.fillStyle = fill;
      this.c.fill();
      this.c.globalAlpha = 1;
      return;
    }
    this.c.strokeStyle = stroke;
    this.c.lineWidth = units * this.unit;
    this.c.stroke();
  }

  label(point, lines, colour) {
    const [x, y] = this.at(point);
    const sizes = lines.map(([, units]) => units * this.unit);
    const fonts = lines.map(([, units]) => `700 ${units * this.unit}px system-ui, sans-serif`);
    const widths = lines.map(([text], i) => {
      this.c.font = fonts[i];
      return this.c.measureText(text).width;
    });
    const pad = 1.4 * this.unit;
    const width = Math.max(...widths) + 2 * pad;
    const height = sizes.reduce((sum, size) => sum + 1.15 * size, 0) + 2 * pad;
    const left = Math.min(Math.max(x - width / 2, pad), this.width - width - pad);
    const top = Math.min(Math.max(y - height / 2, pad), this.height - height - pad);
    this.c.fillStyle = "rgb(18 20 24 / 78%)";
    this.c.beginPath();
    this.c.roundRect(left, top, width, height, 1.5 * this.unit);
    this.c.fill();
    this.c.textBaseline = "top";
    this.c.textAlign = "center";
    let down = top + pad;
    lines.forEach(([text], i) => {
      this.c.font = fonts[i];
      this.c.fillStyle = i === lines.length - 1 ? colour : WHITE;
      this.c.fillText(text, left + width / 2, down);
      down += 1.15 * sizes[i];
    });
  }
}

/** Draws a picture and what was judged in it; `outline` is drawn while a start posture is awaited. */
export function draw(canvas, picture, scene, { mirrored = false, outline = null } = {}) {
  const [width, height] = scene?.size ?? [picture?.width ?? 640, picture?.height ?? 480];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d", { alpha: false });
  context.lineCap = "round";
  context.lineJoin = "round";
  context.setTransform(mirrored ? -1 : 1, 0, 0, 1, mirrored ? width : 0, 0);
  if (picture) context.drawImage(picture, 0, 0, width, height);
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (!scene?.points) return;
  const pen = new Pen(context, width, height, mirrored);
  const waiting = scene.stage === "placement";
  if (waiting && outline) drawOutline(context, outline, width, height);
  if (scene.stage === "set" && scene.angle) drawZone(pen, scene.angle);
  drawLimbs(pen, scene);
  if (scene.stage === "set") {
    drawTrunk(pen, scene);
    drawLegStrain(pen, scene);
  }
  for (const joint of JOINTS) if (scene.points[joint]) pen.dot(scene.points[joint], 0.8, WHITE);
  if (scene.stage !== "set") return;
  if (scene.angle) labelAngle(pen, scene.angle);
  labelStrain(pen, scene);
}

function drawLimbs(pen, { points, moving }) {
  for (const [a, b] of LIMBS) if (points[a] && points[b]) pen.line([points[a], points[b]], WHITE, 0.7);
  const sides = moving === "both" ? ["left", "right"] : moving ? [moving] : [];
  for (const side of sides) {
    const [hip, knee] = LEGS[side].map((joint) => points[joint]);
    if (hip && knee) pen.line([hip, knee], SKY, 2);
  }
}

function strained(pen, a, b, { share, near }) {
  if (share < near) return pen.line([a, b], GREEN, 1.8);
  if (share < 1) return pen.line([a, b], AMBER, 2.2, [3, 2.6]);
  pen.line([a, b], VERMILLION, 2.6);
  const span = Math.hypot(b[0] - a[0], b[1] - a[1]);
  if (span < 4 * pen.unit) return undefined;
  const across = [(a[1] - b[1]) / span, (b[0] - a[0]) / span];
  for (const part of [0.25, 0.5, 0.75]) {
    const [x, y] = [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
    const reach = 3 * pen.unit;
    pen.line(
      [[x - across[0] * reach, y - across[1] * reach], [x + across[0] * reach, y + across[1] * reach]],
      VERMILLION,
      1.4,
    );
  }
  return undefined;
}

function drawTrunk(pen, { trunk, strain, counting }) {
  if (!trunk?.[0] || !trunk?.[1]) return;
  if (!counting) pen.line(trunk, WHITE, 1.6);
  else if (strain.leg) pen.line(trunk, GREEN, 1.8);
  else strained(pen, trunk[0], trunk[1], strain);
}

function drawLegStrain(pen, { points, strain }) {
  if (!strain.leg || strain.share < strain.near) return;
  const [hip, knee, ankle] = LEGS[strain.leg].map((joint) => points[joint]);
  if (!hip || !knee || !ankle) return;
  strained(pen, hip, knee, strain);
  strained(pen, knee, ankle, strain);
}

const towards = ([x, y], deg, reach) => [x + reach * Math.cos(deg * RAD), y + reach * Math.sin(deg * RAD)];
const direction = (a, b) => Math.atan2(b[1] - a[1], b[0] - a[0]) / RAD;

function drawZone(pen, { hip, end, exact, top, aim, turn }) {
  const colour = exact >= top ? GREEN : SKY;
  const limb = Math.hypot(end[0] - hip[0], end[1] - hip[1]);
  if (turn === 0) {
    const cosine = Math.cos(exact * RAD);
    const thigh = cosine > 0.3 ? (end[1] - hip[1]) / cosine : 20 * pen.unit;
    const y = hip[1] + thigh * Math.cos(top * RAD);
    pen.line([[end[0] - 8 * pen.unit, y], [end[0] + 8 * pen.unit, y]], colour, 1.2, [2, 2]);
    return;
  }
  const leg = direction(hip, end);
  const begin = leg + turn * (top - exact);
  pen.arc(hip, 1.12 * limb, begin, turn * Math.max(ZONE_DEG, aim - top), { fill: colour });
  pen.line([hip, towards(hip, begin, 1.12 * limb)], WHITE, 0.5, [2, 2]);
  const zero = leg - turn * exact;
  pen.line([hip, towards(hip, zero, 0.6 * limb)], WHITE, 0.4, [1.6, 1.6]);
  pen.arc(hip, 0.5 * limb, zero, turn * exact, { stroke: colour, units: 1.3 });
}

function labelAngle(pen, { hip, end, value, exact, top }) {
  const away = Math.hypot(end[0] - hip[0], end[1] - hip[1]) * 1.12 + 9 * pen.unit;
  pen.label(towards(hip, direction(hip, end), away), [[`${value}°`, 8]], exact >= top ? GREEN : SKY);
}

function labelStrain(pen, { trunk, strain, points }) {
  if (!strain.name || !trunk?.[0] || !trunk?.[1]) return;
  const [low, high] = trunk;
  const knees = [25, 26].map((joint) => points[joint]).filter(Boolean).map(([x]) => x - low[0]);
  const reach = knees.sort((a, b) => Math.abs(b) - Math.abs(a))[0] ?? 0;
  const beside = (reach > 0 ? -1 : 1) * 27 * pen.unit;
  const at = [0.5 * (low[0] + high[0]) + beside, 0.6 * high[1] + 0.4 * low[1]];
  pen.label(at, [[strain.name, 5], [strain.value, 8]], strain.share >= 1 ? VERMILLION : AMBER);
}

/** Draws the outline of the start posture in the middle of a picture of this size. */
function drawOutline(context, outline, width, height) {
  const room = [0.84 * width, 0.78 * height];
  const scale = Math.min(room[0] / outline.width, room[1] / outline.height);
  const left = (width - scale * outline.width) / 2;
  const top = (0.94 * height - scale * outline.height) / 2;
  const unit = Math.min(width, height) / 100;
  context.lineJoin = "round";
  for (const path of outline.paths) {
    context.beginPath();
    path.forEach(([x, y], i) => {
      const at = [left + scale * x, top + scale * y];
      if (i) context.lineTo(...at);
      else context.moveTo(...at);
    });
    context.closePath();
    context.globalAlpha = 0.28;
    context.fillStyle = SKY;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = SKY;
    context.lineWidth = 0.9 * unit;
    context.stroke();
  }
  context.setLineDash([4 * unit, 4 * unit]);
  context.beginPath();
  context.moveTo(left, top + scale * outline.floor);
  context.lineTo(left + scale * outline.width, top + scale * outline.floor);
  context.lineWidth = 0.7 * unit;
  context.stroke();
  context.setLineDash([]);
}
