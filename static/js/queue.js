// What a learner does is kept on the device first and sent from there: each item once, also after days without a net.
const PREFIX = "imprint-player:";
const channel = "BroadcastChannel" in window ? new BroadcastChannel("imprint-player") : null;
const skipped = new Set(); // items of somebody else who used this device: they wait for them
const listeners = new Set();

export const onState = (listener) => listeners.add(listener);
const tell = (state, detail) => listeners.forEach((listener) => listener(state, detail));

// One entry an item: two tabs never overwrite what the other has added.
export const items = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }))
    .sort((one, other) => one.at - other.at);
const drop = (key, at) => {
  const now = JSON.parse(localStorage.getItem(key) ?? "null");
  if (now && now.at === at) localStorage.removeItem(key); // not what was added while it was sent
};

export const addAct = (site, act) => {
  const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2, 12)}`;
  localStorage.setItem(`${PREFIX}${id}`, JSON.stringify({ at: Date.now(), site, act: { key: id, ...act } }));
};
// The newest answer to a question takes the place of the one before it.
export const addForm = (site, url, fields, name = url) => {
  localStorage.setItem(`${PREFIX}form:${name}`, JSON.stringify({ at: Date.now(), site, url, fields }));
  channel?.postMessage({ url, fields });
};
export const keptForm = (name) => JSON.parse(localStorage.getItem(`${PREFIX}form:${name}`) ?? "null")?.fields;
export const onOtherTab = (listener) => channel?.addEventListener("message", ({ data }) => listener(data));

let csrf = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const post = async (item, make, isSecond = false) => {
  const response = await fetch(item.url ?? item.site.statements, make());
  if (response.redirected && response.url.includes("/login/")) throw Object.assign(new Error(), { state: "signed-out" });
  if (response.status === 403 && !isSecond) {
    const fresh = await fetch(item.site.token);
    if (fresh.redirected || !fresh.ok) throw Object.assign(new Error(), { state: fresh.redirected ? "signed-out" : "offline" });
    csrf = (await fresh.json()).token;
    return post(item, make, true);
  }
  if (response.status >= 500 || response.status === 403) throw Object.assign(new Error(), { state: "offline" });
  return response;
};

const sendActs = async (batch) => {
  const body = JSON.stringify({ sent: Date.now(), acts: batch.map((item) => item.act) });
  const headers = () => ({ "Content-Type": "application/json", "X-CSRFToken": csrf });
  const response = await post(batch[0], () => ({ method: "POST", headers: headers(), body, keepalive: body.length < 60000 }));
  if (response.status === 404) return batch.forEach((item) => skipped.add(item.key));
  const { answers = [], activities = {}, message } = await response.json();
  if (!response.ok) {
    // Too much at once: one by one. What is refused by itself stays on the device and is not sent again from this page.
    if (batch.length > 1) for (const item of batch) await sendActs([item]);
    else skipped.add(batch[0].key);
    return tell("refused", message);
  }
  const done = new Map(answers.map((answer) => [answer.key, answer]));
  for (const item of batch) {
    const answer = done.get(item.act.key);
    if (answer) drop(item.key, item.at);
    if (answer?.result === "refused" && answer.why !== "not-yet") tell("refused", answer.message);
  }
  tell("standing", activities);
};

const sendForm = async (item) => {
  const make = () => {
    const body = new URLSearchParams(item.fields);
    body.set("csrfmiddlewaretoken", csrf);
    body.set("ago", Math.max(0, Date.now() - item.at));
    return { method: "POST", headers: { Accept: "application/json" }, body };
  };
  const response = await post(item, make);
  if (response.status === 404) return skipped.add(item.key);
  drop(item.key, item.at);
  if (!response.ok) {
    const { message, refused } = await response.json().catch(() => ({}));
    tell("refused", message);
    return refused ?? "refused";
  }
};

const sendAll = async () => {
  let refused;
  for (;;) {
    const waiting = items().filter((item) => !skipped.has(item.key));
    if (!waiting.length) break;
    tell("saving");
    const [first] = waiting;
    if (first.act) await sendActs(waiting.filter((item) => item.act && item.site.statements === first.site.statements).slice(0, 100));
    else refused = (await sendForm(first)) ?? refused;
  }
  return refused;
};

let isSending = null;
// Resolves to "sent", to "offline" or "signed-out", or to why an answer was refused.
export const send = () => {
  isSending ??= (async () => {
    try {
      const work = () => sendAll();
      const refused = await (navigator.locks ? navigator.locks.request("imprint-player", work) : work());
      if (!refused) tell("saved");
      return refused ?? "sent";
    } catch (error) {
      tell(error.state ?? "offline");
      return error.state ?? "offline";
    } finally {
      isSending = null;
    }
  })();
  return isSending;
};
addEventListener("online", send);
setInterval(() => items().length && send(), 20000);
