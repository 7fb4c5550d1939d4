// Checking people in. Every scan is kept on the phone first and sent when there is a net; the server stores it once.
const door = document.querySelector("[data-door]");
const { key, session, sync, guests, worker, scope } = door.dataset;
const STORE = `imprint-door-${key}`;
const form = door.querySelector("form");
const field = form.elements.code;
const said = door.querySelector("[data-said]");
const count = door.querySelector("[data-count]");
const waiting = door.querySelector("[data-waiting]");
const words = JSON.parse(document.getElementById("door-words").textContent);

const read = (name, otherwise) => JSON.parse(localStorage.getItem(`${STORE}-${name}`) ?? JSON.stringify(otherwise));
const write = (name, value) => localStorage.setItem(`${STORE}-${name}`, JSON.stringify(value));
let list = JSON.parse(document.getElementById("door-guests").textContent);
if (navigator.onLine) write("guests", list);
else list = read("guests", list);
const queue = () => read("queue", []);

const tell = (state, text) => {
  said.dataset.state = state;
  said.textContent = text;
  navigator.vibrate?.(state === "ok" ? 60 : [120, 60, 120]);
};

const show = () => {
  const here = list.filter((guest) => guest.came.includes(session)).length;
  const places = list.filter((guest) => guest.state === "confirmed").length;
  count.textContent = `${here} / ${places}`;
  const left = queue().length;
  waiting.hidden = !left;
  waiting.querySelector("span").textContent = left;
};

const codeOf = (text) => text.trim().replace(/\/+$/, "").split("/").at(-1).toUpperCase().replace(/\s+/g, "");

const scan = (text) => {
  const code = codeOf(text);
  if (!code) return;
  const guest = list.find((one) => one.code === code);
  if (!guest) tell("bad", words.unknown); // or registered a moment ago: the server knows
  else if (guest.state !== "confirmed") return tell("bad", `${guest.name}: ${words.waiting}`);
  else if (guest.came.includes(session)) return tell("already", `${guest.name}: ${words.already}`);
  else {
    guest.came.push(session);
    tell("ok", `${guest.name}: ${words.ok}`);
  }
  write("queue", [...queue(), { id: crypto.randomUUID(), code, session, at: new Date().toISOString() }]);
  write("guests", list);
  show();
  send();
};

let isSending = false;
const send = async () => {
  const scans = queue().slice(0, 200);
  if (!scans.length || isSending) return;
  isSending = true;
  try {
    const response = await fetch(sync, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify({ scans }),
    });
    if (!response.ok) throw new Error(response.status);
    const { answers } = await response.json();
    const done = new Set(answers.map((answer) => answer.scan_id));
    write("queue", queue().filter((one) => !done.has(one.id)));
    for (const { scan_id, result, name } of answers) {
      const code = scans.find((one) => one.id === scan_id)?.code;
      const wasKnown = list.some((guest) => guest.code === code);
      const isFine = ["ok", "already"].includes(result);
      if (!isFine || !wasKnown) tell(isFine ? result : "bad", name ? `${name}: ${words[result]}` : words.unknown);
    }
    const fresh = await (await fetch(guests)).json();
    const unsent = queue();
    list = fresh.guests;
    for (const one of unsent) list.find((guest) => guest.code === one.code)?.came.push(one.session);
    write("guests", list);
  } catch {
    // No net: what was scanned waits in the queue.
  } finally {
    isSending = false;
    show();
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  scan(field.value);
  field.value = "";
  field.focus();
});
addEventListener("online", send);
setInterval(send, 15000);

// The camera, where the browser can read codes; elsewhere the phone's own camera opens the ticket's address here.
const camera = door.querySelector("[data-camera]");
if ("BarcodeDetector" in window && navigator.mediaDevices) {
  camera.hidden = false;
  camera.addEventListener("click", async () => {
    const video = door.querySelector("video");
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.hidden = false;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    let last = "";
    setInterval(async () => {
      const [found] = await detector.detect(video).catch(() => []);
      if (found && found.rawValue !== last) scan((last = found.rawValue));
    }, 250);
  });
}

if (navigator.serviceWorker) navigator.serviceWorker.register(worker, { scope });
const given = location.pathname.match(/\/t\/([^/]+)\/?$/);
if (given) scan(given[1]);
show();
send();
