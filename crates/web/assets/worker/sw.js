// Keeps what never changes, and a page that says so when the desk cannot be reached. Nothing that belongs to a person is ever kept.
// The server puts VERSION, ASSETS and FIRST in front of this.

const KEPT = `steward-${VERSION}`;
const OFFLINE = "/offline";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll([OFFLINE, ...FIRST])).then(() => self.skipWaiting()));
});

const takeOver = async () => {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
};

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

const kept = async (request) => {
  const cache = await caches.open(KEPT);
  const known = await cache.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
};

const fromTheDesk = async (event) => {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith(ASSETS)) event.respondWith(kept(request));
  else if (request.mode === "navigate" && request.destination === "document") event.respondWith(fromTheDesk(event));
});
