// Learning: active time, what was played of a film, answers as they are given, and the truth about what is saved.
import { addAct, addForm, items, keptForm, onOtherTab, onState, send } from "./queue.js";

const root = document.querySelector("[data-player]");
const { statements, token, worker, activity, language } = root.dataset;
const site = { statements, token };

// --- saved? ---------------------------------------------------------------------------------------------
const sign = document.querySelector("[data-saved]");
const show = (state, text) => {
  if (!sign) return;
  sign.hidden = false;
  for (const one of sign.children) one.hidden = one.dataset.state !== state;
  if (state === "refused") sign.querySelector("[data-state=refused]").textContent = text ?? "";
};
let wasRefused = false;
onState((state, detail) => {
  if (state === "standing") return stand(detail[activity]);
  if (state === "refused") wasRefused = true;
  if (state === "saved" && wasRefused) return (wasRefused = false);
  show(state, detail);
});

const stand = (now) => {
  if (!now) return;
  const played = document.querySelector("[data-played]");
  const total = Number(document.querySelector("[data-media]")?.dataset.seconds);
  if (played && total) played.textContent = Math.min(100, Math.round((100 * now.played) / total));
  const missing = document.querySelector("[data-missing]");
  if (missing && !now.missing) missing.hidden = true;
  if (!now.done || "done" in root.dataset) return;
  root.dataset.done = "";
  document.querySelector("[data-done-sign]")?.removeAttribute("hidden");
  document.querySelector("[data-onward]")?.classList.remove("quiet");
  document.querySelector(".outline [aria-current] .dot")?.classList.add("done");
};

// --- active time ----------------------------------------------------------------------------------------
// It counts while the page is seen and the person does something, or a film is playing.
const IDLE = 60000;
const REPORT = 30000;
const media = document.querySelector("[data-media]");
let lastInput = Date.now();
let lastTick = Date.now();
let span = null;
let active = 0;
let segments = [];
for (const kind of ["pointerdown", "pointermove", "keydown", "scroll", "touchstart", "input"])
  addEventListener(kind, () => (lastInput = Date.now()), { passive: true, capture: true });

const tick = () => {
  const now = Date.now();
  const passed = now - lastTick;
  lastTick = now;
  if (passed <= 0 || passed > 5000) return span && report(); // the device slept
  const isActive = document.visibilityState === "visible" && (now - lastInput < IDLE || (media && !media.paused));
  if (isActive) {
    span ??= [now - passed, now];
    span[1] = now;
    active += passed;
  }
  if (span && now - span[0] >= REPORT) report();
};
const report = () => {
  closeSegment();
  if (activity && span && active > 500) {
    const verb = segments.length ? "played" : "experienced";
    addAct(site, { verb, activity, language, span, active: Math.min(active, span[1] - span[0]), segments });
    send();
  }
  span = null;
  active = 0;
  segments = [];
};
if (activity) setInterval(tick, 1000);
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") tick(), report();
  else lastTick = lastInput = Date.now();
});
addEventListener("pagehide", () => (tick(), report()));

// --- films and recordings -------------------------------------------------------------------------------
let from = null;
let at = 0;
const closeSegment = () => {
  if (media && from !== null && at > from) segments.push([Math.round(from * 1000), Math.round(at * 1000)]);
  from = media && !media.paused ? at : null;
};
if (media) {
  document.querySelector("[data-media-line]").hidden = false;
  const position = Number(media.dataset.position) / 1000;
  const resume = () => {
    if (position > 1 && position < media.duration - 2) media.currentTime = position;
  };
  if (media.readyState > 0) resume();
  else media.addEventListener("loadedmetadata", resume, { once: true });
  media.addEventListener("playing", () => (from = at = media.currentTime));
  media.addEventListener("timeupdate", () => {
    if (from === null || media.seeking) return;
    if (Math.abs(media.currentTime - at) > 2.5 * media.playbackRate) closeSegment(), (from = media.currentTime);
    at = media.currentTime;
  });
  media.addEventListener("seeking", () => (closeSegment(), (from = null)));
  media.addEventListener("pause", () => (closeSegment(), tick(), report()));
  media.addEventListener("ended", () => (closeSegment(), (from = null), tick(), report()));
  document.querySelector("[data-speed]").addEventListener("change", ({ target }) => (media.playbackRate = Number(target.value)));
}

// --- forms ----------------------------------------------------------------------------------------------
// Time is told by this script; the stamp is for pages without it.
for (const stamp of document.querySelectorAll("[name=opened]")) stamp.remove();
const fieldsOf = (form) => {
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("csrfmiddlewaretoken");
  return String(fields);
};
const fill = (form, fields) => {
  const values = new URLSearchParams(fields);
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.getAll(field.name).includes(field.value);
    else if (values.has(field.name)) field.value = values.get(field.name);
  }
};
// Sends what waits, and says whether a form that is sent now would arrive.
const reachServer = async () => {
  if ((await send()) === "offline") return false;
  return fetch(token, { cache: "no-store" }).then(() => true, () => false);
};
const pathOf = (form) => new URL(form.action || location.href, location.href).pathname;

const answer = document.querySelector("[data-answer]");
if (answer) {
  const url = pathOf(answer);
  const hasAnswer = () => [...new FormData(answer)].some(([name, value]) => !["csrfmiddlewaretoken", "attempt"].includes(name) && value);
  const keep = () => hasAnswer() && (addForm(site, url, fieldsOf(answer)), send());
  let waiting;
  answer.addEventListener("change", ({ target }) => target.type !== "text" && !answer.querySelector("[data-ordering]") && keep());
  answer.addEventListener("input", ({ target }) => {
    if (!["text", "textarea"].includes(target.type)) return;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 1500);
  });
  answer.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    if (!hasAnswer()) return answer.submit(); // the server says what is missing
    addForm(site, url, fieldsOf(answer));
    const outcome = await send();
    if (["sent", "offline"].includes(outcome)) location.href = answer.dataset.next;
    else if (outcome === "closed") location.reload();
    else if (outcome !== "signed-out") answer.submit();
  });
  const kept = keptForm(url);
  if (kept) fill(answer, kept);
  onOtherTab((message) => message.url === url && fill(answer, message.fields));
}

const clock = document.querySelector("[data-clock]");
if (clock) {
  const ends = Date.now() + Number(clock.parentElement.dataset.left) * 1000;
  const run = () => {
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (!left) send().then(() => (location.href = answer.action.replace(/question\/\d+\/$/, "hand-in/")));
    else setTimeout(run, 1000);
  };
  run();
}

const handIn = document.querySelector("[data-hand-in]");
if (handIn) {
  for (const item of items()) {
    const position = item.url?.match(/question\/(\d+)\/$/)?.[1];
    const mark = position && document.querySelector(`[data-answered="${position}"][data-yes]`);
    if (mark) mark.textContent = mark.dataset.yes;
  }
  handIn.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await reachServer()) return handIn.submit();
    addForm(site, pathOf(handIn), `attempt=${handIn.dataset.attempt}`);
    handIn.hidden = true;
    document.querySelector("[data-later]").hidden = false;
  });
}

const complete = document.querySelector("[data-complete]");
complete?.addEventListener("submit", async (event) => {
  event.preventDefault();
  tick();
  report();
  if (await reachServer()) return complete.submit();
  addAct(site, { verb: "completed", activity: complete.dataset.complete, language, at: Date.now() });
  location.href = complete.dataset.next;
});

// Time that is not reported yet is, before the server is asked whether it is enough.
for (const form of document.querySelectorAll("[data-flush]"))
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    tick();
    report();
    await send();
    form.submit();
  });

// What is typed into other forms stays on the device until it was sent.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const name = `imprint-draft:${pathOf(form)}`;
  const text = form.querySelector("textarea");
  if (!text) continue;
  if (!text.value) text.value = localStorage.getItem(name) ?? "";
  text.addEventListener("input", () => localStorage.setItem(name, text.value));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return localStorage.removeItem(name);
    event.preventDefault();
    show("offline");
  });
}

if (navigator.serviceWorker) navigator.serviceWorker.register(worker, { scope: worker.replace(/worker\.js$/, "") });
if (items().length) send();
