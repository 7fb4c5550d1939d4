// Keeps a course on this device: its pages, films, pictures and open quizzes, so that it can be learned without a net.
const place = document.querySelector("[data-offline]");
const { contents, language, statements } = place.dataset;
const form = document.querySelector("[data-keep-course]");
const CACHE = `imprint-course:${statements}`;
const line = document.querySelector("[data-keeping]");
const bar = line.querySelector("progress");
const [fine, bad] = ["[data-kept-now]", "[data-kept-not]"].map((name) => document.querySelector(name));
const forget = document.querySelector("[data-forget]");

const list = async () => (await fetch(contents)).json();
// A quiz can only be answered without a net if its questions were drawn before.
const beginQuizzes = async (addresses) => {
  const body = new URLSearchParams(new FormData(form));
  for (const address of addresses) await fetch(`${address}begin/`, { method: "POST", body });
};
const put = async (cache, address) => {
  const response = await fetch(address, { headers: { "X-Imprint-Keep": "1" } });
  if (!response.ok || response.redirected) throw new Error(address);
  await cache.put(address, response);
};
const say = (isFine) => {
  fine.hidden = !isFine;
  bad.hidden = isFine;
  forget.hidden = !isFine;
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  line.hidden = false;
  fine.hidden = bad.hidden = true;
  try {
    await navigator.serviceWorker.ready;
    await navigator.storage?.persist?.();
    await beginQuizzes((await list()).quizzes);
    const { pages, files, static: own } = await list();
    const addresses = [...pages, ...own, ...files];
    const cache = await caches.open(CACHE);
    for (const [index, address] of addresses.entries()) {
      await put(cache, address);
      bar.value = (100 * (index + 1)) / addresses.length;
    }
    localStorage.setItem(CACHE, language);
    say(true);
  } catch {
    say(false);
  }
});
forget.addEventListener("click", async () => {
  await caches.delete(CACHE);
  localStorage.removeItem(CACHE);
  line.hidden = true;
  forget.hidden = true;
});
if ("caches" in window && navigator.serviceWorker) {
  form.hidden = false;
  if (localStorage.getItem(CACHE)) {
    line.hidden = false;
    bar.value = 100;
    say(true);
  }
}
