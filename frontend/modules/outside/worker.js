// The service worker: keeps the page for outdoors and its parts, and nothing that says anything about anybody. The server
// puts `self.kept` ({version, page, parts}) before this; another version is another worker.
const NAME = `lokalnet-${self.kept.version}`;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    await cache.addAll([self.kept.page, ...self.kept.parts].map((address) => new Request(address, { cache: "reload" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("lokalnet-") && name !== NAME) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("message", ({ data, ports: [port] }) => {
  if (data === "fetch-page-anew") caches.open(NAME).then((cache) => cache.add(new Request(self.kept.page, { cache: "reload" }))).then(() => port?.postMessage("done"), () => port?.postMessage("failed"));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(pathname === self.kept.page ? stored(self.kept.page, request) : navigate(request));
  else if (self.kept.parts.includes(pathname)) event.respondWith(fromOutside(event));
});

async function stored(address, request) {
  return await (await caches.open(NAME)).match(address, { ignoreVary: true }) ?? fetch(request);
}

// Any other page needs the network; where there is none, the page for outdoors stands in for it.
async function navigate(request) {
  try {
    return await fetch(request);
  } catch {
    return Response.redirect(self.kept.page);
  }
}

// The page for outdoors gets its parts from here, so that it opens at once; every other page gets them from the server.
async function fromOutside(event) {
  const client = event.clientId && await self.clients.get(event.clientId);
  const outside = client && new URL(client.url).pathname === self.kept.page;
  if (outside) return stored(new URL(event.request.url).pathname, event.request);
  try {
    return await fetch(event.request);
  } catch {
    return stored(new URL(event.request.url).pathname, event.request);
  }
}
