// Keeps the door's page on the phone: without a net, a scanned ticket still opens the check-in.
const CACHE = "imprint-door-1";
const ROOT = new URL("./", self.location).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const keep = async (request, response) => {
  if (response.ok && !response.redirected) (await caches.open(CACHE)).put(request, response.clone());
  return response;
};

// A ticket's own address was never opened before: the last event's page stands in for it and reads the code.
const kept = async (request) => {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request, { ignoreSearch: true });
  if (found || request.mode !== "navigate") return found ?? Response.error();
  const pages = (await cache.keys()).filter((key) => /^[0-9a-f-]{36}\/$/.test(new URL(key.url).pathname.slice(ROOT.length)));
  return pages.length ? cache.match(pages.at(-1)) : Response.error();
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.pathname.startsWith(ROOT) || url.pathname.startsWith("/static/");
  if (request.method !== "GET" || url.origin !== self.location.origin || !isOurs) return;
  event.respondWith(fetch(request).then((response) => keep(request, response), () => kept(request)));
});
