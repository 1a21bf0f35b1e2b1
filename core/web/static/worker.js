// The service worker: pages that were seen before open without a network, with their age. What was
// sent is never sent again by it, and what one reader saw is never shown to another.
(() => {
  "use strict";

  const { version, files, offline, logOut } = self.wizzle;
  const STATIC = `wizzle-static-${version}`;
  const PAGES = "wizzle-pages-"; // and the reader's mark, "" for strangers
  const KEPT = "wizzle-kept-"; // what pages put aside by themselves, to work without a network
  const PICTURES = "wizzle-pictures";
  const MOST_PAGES = 30;
  const MOST_PICTURES = 60;
  const LARGEST = 400_000; // bytes of one page or picture: 12 and 24 MB are the most of all
  const PATIENCE = 6_000; // milliseconds until a page that hangs is shown as it was

  const install = async () => {
    const cache = await caches.open(STATIC);
    await cache.addAll([...files, new Request(offline, { cache: "reload" })]);
    await self.skipWaiting();
  };

  const activate = async () => {
    const old = (name) => name.startsWith("wizzle-static-") && name !== STATIC;
    await remove(old);
    await self.clients.claim();
  };

  const remove = async (which) => {
    const names = await caches.keys();
    await Promise.all(names.filter(which).map((name) => caches.delete(name)));
  };

  const isPersonal = (name) => name.startsWith(PAGES) || name.startsWith(KEPT);

  // The newest stands last; the oldest goes.
  const keep = async (name, request, answer, most) => {
    const body = await answer.arrayBuffer();
    if (body.byteLength > LARGEST) return;
    const headers = new Headers(answer.headers);
    headers.set("Wizzle-Kept-At", String(Date.now()));
    const cache = await caches.open(name);
    await cache.delete(request, { ignoreVary: true });
    await cache.put(request, new Response(body, { status: answer.status, headers }));
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
  };

  // A page of another reader, or of nobody: what the one before saw goes first.
  const noteReader = async (answer) => {
    const mine = PAGES + (answer.headers.get("Wizzle-Reader") ?? "");
    const names = await caches.keys();
    if (names.some((name) => name.startsWith(PAGES) && name !== mine)) {
      await remove((name) => isPersonal(name) && name !== mine);
    }
    await caches.open(mine); // a mark, even if nothing of this reader's is kept
    return mine;
  };

  const isPage = (answer) =>
    answer.status === 200 &&
    answer.type === "basic" &&
    !answer.redirected &&
    (answer.headers.get("Content-Type") ?? "").startsWith("text/html");

  const keepPage = async (request, answer) => {
    if (!isPage(answer)) return;
    const mine = await noteReader(answer);
    if (answer.headers.get("Wizzle-Keep") === "no") return;
    await keep(mine, request, answer, MOST_PAGES);
  };

  // The page says itself how old it is: it finds when it was kept at its head.
  const withAge = async (answer) => {
    const at = answer.headers.get("Wizzle-Kept-At");
    const text = await answer.text();
    const told = text.replace("<head>", `<head>\n<meta name="wizzle-kept-at" content="${Number(at)}">`);
    return new Response(told, { status: answer.status, headers: answer.headers });
  };

  const find = async (request, which) => {
    for (const name of (await caches.keys()).filter(which)) {
      const found = await (await caches.open(name)).match(request, { ignoreVary: true });
      if (found) return found;
    }
    return undefined;
  };

  const seenBefore = async (request) => {
    const kept = await find(request, (name) => name.startsWith(KEPT));
    if (kept) return kept;
    const page = await find(request, (name) => name.startsWith(PAGES));
    return page && withAge(page);
  };

  const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  const page = async (event) => {
    const { request } = event;
    const asked = fetch(request).then((answer) => {
      event.waitUntil(keepPage(request, answer.clone()).catch(() => {}));
      return answer;
    });
    try {
      const answer = await Promise.race([asked, after(PATIENCE)]);
      if (answer) return answer;
      asked.catch(() => {});
      return (await seenBefore(request)) ?? (await asked);
    } catch {
      const cache = await caches.open(STATIC);
      return (await seenBefore(request)) ?? (await cache.match(offline, { ignoreVary: true })) ?? Response.error();
    }
  };

  // Its address changes with its content: what was fetched once is right for ever.
  const file = async (request) => {
    const known = await caches.match(request, { ignoreVary: true });
    if (known) return known;
    const answer = await fetch(request);
    if (answer.status === 200) await (await caches.open(STATIC)).put(request, answer.clone());
    return answer;
  };

  const picture = async (event) => {
    const known = await (await caches.open(PICTURES)).match(event.request, { ignoreVary: true });
    if (known) return known;
    const answer = await fetch(event.request);
    if (answer.status === 200) {
      event.waitUntil(keep(PICTURES, event.request, answer.clone(), MOST_PICTURES).catch(() => {}));
    }
    return answer;
  };

  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(activate()));

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== self.location.origin) return;
    if (request.method !== "GET") {
      // Only looked at: what is sent goes its way without the worker, once.
      if (url.pathname === logOut) event.waitUntil(remove(isPersonal));
      return;
    }
    if (request.mode === "navigate") event.respondWith(page(event));
    else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
    else if (url.pathname.startsWith("/pictures/")) event.respondWith(picture(event));
  });
})();
