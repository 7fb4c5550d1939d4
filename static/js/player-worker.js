// Shows a course that was kept on the device when there is no net, films with it: parts of them are cut out here.
const PATIENCE = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const partOf = async (response, range) => {
  const body = await response.arrayBuffer();
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const start = first ? Number(first) : Math.max(0, body.byteLength - Number(last));
  const end = first && last ? Math.min(Number(last), body.byteLength - 1) : body.byteLength - 1;
  const headers = new Headers(response.headers);
  headers.set("Content-Range", `bytes ${start}-${end}/${body.byteLength}`);
  headers.set("Content-Length", String(end - start + 1));
  return new Response(body.slice(start, end + 1), { status: 206, headers });
};

const kept = async (request) => {
  const found = await caches.match(request.url, { ignoreVary: true });
  const range = request.headers.get("Range");
  return found && range ? partOf(found, range) : found;
};

const fromNet = (request) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(reject, PATIENCE);
    fetch(request).then((response) => (clearTimeout(timer), resolve(response)), reject);
  });

const answer = async (request) => {
  const isPage = request.mode === "navigate";
  const found = await kept(request);
  if (!found) return fetch(request);
  if (!isPage && !request.url.includes("/learn/")) return found; // style and script of the kept pages
  try {
    return await fromNet(request);
  } catch {
    return found;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOwn = new URL(request.url).origin === self.location.origin;
  if (request.method !== "GET" || !isOwn || request.headers.has("X-Imprint-Keep")) return;
  event.respondWith(answer(request));
});
