// Two videos in step: both show the same repetition of a leg, from its beginning to its end.
for (const [id, figure] of Object.entries(formcheck.data.figures)) {
  const place = document.getElementById(id);
  if (place) formcheck.plots.draw(place, figure);
}
(() => {
  const before = document.getElementById("video-before");
  const after = document.getElementById("video-after");
  if (!before || !after) return;
  const pairs = formcheck.data.pairs;
  const play = document.getElementById("play");
  const slow = document.getElementById("slow");
  const buttons = [...document.querySelectorAll("[data-pair]")];
  const LEAST_RATE = 0.1;
  let current = 0;

  const length = (rep) => Math.max(0.1, rep.end_s - rep.start_s);

  function pace() {
    const pair = pairs[current];
    const base = slow.getAttribute("aria-pressed") === "true" ? 0.5 : 1;
    const longest = Math.max(length(pair.before), length(pair.after));
    before.playbackRate = Math.max(LEAST_RATE, (base * length(pair.before)) / longest);
    after.playbackRate = Math.max(LEAST_RATE, (base * length(pair.after)) / longest);
  }

  function show(index) {
    current = index;
    const pair = pairs[index];
    before.currentTime = pair.before.start_s;
    after.currentTime = pair.after.start_s;
    pace();
    buttons.forEach((b, i) => b.setAttribute("aria-pressed", String(i === index)));
    document.getElementById("shown-before").textContent = `${pair.before.number}: ${pair.before.verdict}`;
    document.getElementById("shown-after").textContent = `${pair.after.number}: ${pair.after.verdict}`;
  }

  function playing(on) {
    play.setAttribute("aria-pressed", String(on));
    play.textContent = on ? "Pause" : "Play";
    for (const video of [before, after]) {
      if (on) video.play();
      else video.pause();
    }
  }

  function ended(video, rep) {
    return video.ended || video.currentTime >= rep.end_s;
  }

  function step() {
    if (play.getAttribute("aria-pressed") !== "true") return;
    const pair = pairs[current];
    const done = [ended(before, pair.before), ended(after, pair.after)];
    if (done[0]) before.pause();
    if (done[1]) after.pause();
    if (done[0] && done[1]) {
      playing(false);
      if (current + 1 < pairs.length) {
        show(current + 1);
        playing(true);
      }
    }
  }

  before.addEventListener("timeupdate", step);
  after.addEventListener("timeupdate", step);
  play.addEventListener("click", () => {
    const on = play.getAttribute("aria-pressed") !== "true";
    const pair = pairs[current];
    if (on && ended(before, pair.before) && ended(after, pair.after)) show(current);
    playing(on);
  });
  slow.addEventListener("click", () => {
    slow.setAttribute("aria-pressed", String(slow.getAttribute("aria-pressed") !== "true"));
    pace();
  });
  buttons.forEach((button, index) => button.addEventListener("click", () => show(index)));
  show(0);
})();
