// The video, the repetitions and the plots of one recording, tied together by time.
(() => {
  const { data, plots } = formcheck;
  const byId = (id) => document.getElementById(id);
  const video = byId("video");
  const slider = byId("time");
  const clock = byId("clock");
  const strip = document.querySelector(".strip");
  const rows = new Map();
  const marks = new Map();
  // A frame's time is where it begins: a little later is surely inside it.
  const INSIDE_S = 0.002;
  let zoomed = false;
  let current = null;

  const now = () => data.start_s + video.currentTime;
  const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

  function seek(time) {
    video.currentTime = clamp(time - data.start_s + INSIDE_S, 0, data.end_s - data.start_s);
    show(clamp(time, data.start_s, data.end_s));
  }

  function goTo(number) {
    const rep = data.reps.find((one) => one.number === number);
    if (rep) seek(rep.start_s);
  }

  // Everything that follows the video.
  function show(time) {
    const share = (time - data.start_s) / Math.max(data.end_s - data.start_s, 1e-6);
    strip.querySelector(".cursor").style.left = `${100 * clamp(share, 0, 1)}%`;
    slider.value = time;
    const rep = data.reps.find((one) => time >= one.start_s - INSIDE_S && time <= one.end_s);
    slider.setAttribute(
      "aria-valuetext", `${time.toFixed(2)} seconds${rep ? `, repetition ${rep.number}` : ""}`,
    );
    clock.textContent = `${time.toFixed(2)} s`;
    mark(rep ? rep.number : null);
    for (const plot of timed) placeCursor(plot, time);
  }

  function mark(number) {
    if (number === current) return;
    for (const [of, elements] of marks) {
      for (const element of elements) {
        if (of === number) element.setAttribute("aria-current", "true");
        else element.removeAttribute("aria-current");
      }
    }
    current = number;
    if (zoomed && number !== null) zoom();
  }

  // Plots ------------------------------------------------------------------------------------
  const timed = [];
  const wholeRange = [data.start_s, data.end_s];

  for (const [id, figure] of Object.entries(data.figures)) {
    const element = byId(id);
    if (!element) continue;
    plots.draw(element, figure);
    if (!element.classList.contains("timed")) continue;
    figure.layout.xaxis.range = [...wholeRange];
    plots.draw(element, figure);
    const cursor = document.createElement("span");
    cursor.className = "cursor";
    cursor.setAttribute("aria-hidden", "true");
    element.append(cursor);
    timed.push({ element, figure, cursor });
    follow(element, (x) => plots.valueAt(element, x));
  }

  function placeCursor({ element, cursor }, time) {
    const place = plots.placeOf(element, time);
    cursor.style.display = place === null ? "none" : "";
    if (place === null) return;
    cursor.style.left = `${place.x}px`;
    cursor.style.top = `${place.top}px`;
    cursor.style.bottom = `${place.bottom}px`;
  }

  function zoom() {
    const rep = data.reps.find((one) => one.number === current) || data.reps[0];
    const room = rep ? 0.35 * (rep.end_s - rep.start_s) : 0;
    const range = zoomed && rep
      ? [Math.max(data.start_s, rep.start_s - room), Math.min(data.end_s, rep.end_s + room)]
      : wholeRange;
    for (const { element, figure } of timed) {
      figure.layout.xaxis.range = [...range];
      plots.draw(element, figure);
    }
    for (const plot of timed) placeCursor(plot, now());
  }

  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      zoomed = button.dataset.zoom === "rep";
      for (const other of document.querySelectorAll("[data-zoom]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      zoom();
    });
  }

  // Pressing and drawing across an element moves through the video.
  function follow(element, timeAt) {
    let drawing = false;
    const go = (event) => {
      const time = timeAt(event.clientX - element.getBoundingClientRect().left);
      if (time !== null) seek(time);
    };
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.target.closest("button")) return;
      drawing = true;
      video.pause();
      go(event);
    }, true);
    window.addEventListener("pointermove", (event) => { if (drawing) go(event); });
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, () => { drawing = false; });
    }
  }

  follow(strip, (x) => data.start_s + (x / strip.clientWidth) * (data.end_s - data.start_s));

  // Repetitions --------------------------------------------------------------------------------
  for (const element of document.querySelectorAll(".rep-row, .strip button")) {
    const number = Number(element.dataset.rep);
    if (!marks.has(number)) marks.set(number, []);
    marks.get(number).push(element);
    element.addEventListener("click", () => goTo(number));
    if (element.matches(".rep-row")) rows.set(number, element);
  }
  for (const button of document.querySelectorAll("[data-time]")) {
    button.addEventListener("click", () => {
      video.pause();
      seek(Number(button.dataset.time));
    });
  }

  // Controls -----------------------------------------------------------------------------------
  function step(by) {
    video.pause();
    const times = data.times_s;
    let index = 0;
    while (index + 1 < times.length && times[index + 1] <= now() + 1e-6) index += 1;
    seek(times[clamp(index + by, 0, times.length - 1)]);
  }

  function stepRep(by) {
    const time = now();
    const others = by > 0
      ? data.reps.filter((one) => one.start_s > time + 0.05)
      : data.reps.filter((one) => one.start_s < time - 0.35).reverse();
    if (others.length) goTo(others[0].number);
  }

  byId("previous").addEventListener("click", () => stepRep(-1));
  byId("next").addEventListener("click", () => stepRep(1));
  byId("back").addEventListener("click", () => step(-1));
  byId("forth").addEventListener("click", () => step(1));
  for (const button of document.querySelectorAll("[data-speed]")) {
    button.addEventListener("click", () => {
      video.playbackRate = Number(button.dataset.speed);
      for (const other of document.querySelectorAll("[data-speed]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
    });
  }
  slider.min = data.start_s;
  slider.max = data.end_s;
  slider.addEventListener("input", () => seek(Number(slider.value)));

  // The video's own time, picture by picture where the browser tells.
  const play = byId("play");
  const toggle = () => (video.paused ? video.play() : video.pause());
  video.controls = false; // They would lie over what is drawn in the picture.
  video.addEventListener("click", toggle);
  play.addEventListener("click", toggle);
  for (const [event, word] of [["play", "Pause"], ["pause", "Play"]]) {
    video.addEventListener(event, () => play.setAttribute("aria-label", word));
  }
  const full = byId("full");
  full.hidden = !video.requestFullscreen;
  full.addEventListener("click", () => video.requestFullscreen());
  document.addEventListener("fullscreenchange", () => {
    video.controls = document.fullscreenElement === video;
  });

  let seeking = false;
  video.addEventListener("seeking", () => { seeking = true; });
  video.addEventListener("seeked", () => { seeking = false; show(now()); });
  if ("requestVideoFrameCallback" in video) {
    const each = () => {
      if (!seeking) show(now());
      video.requestVideoFrameCallback(each);
    };
    video.requestVideoFrameCallback(each);
  }
  video.addEventListener("timeupdate", () => { if (!seeking) show(now()); });
  video.addEventListener("error", () => { byId("no-video").hidden = false; });
  window.addEventListener("resize", () => {
    requestAnimationFrame(() => { for (const plot of timed) placeCursor(plot, now()); });
  });
  show(data.start_s);
})();
