// What stays on the phone: one database for each person and round, deleted as a whole. Whatever was
// noted down stands here before anything on the screen says so.

const STORES = "wizzle-stores"; // as core/web/static/phone.js reads it
const KEPT_FOR = 24 * 3600 * 1000;

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

const ended = (transaction) =>
  new Promise((done, failed) => {
    transaction.oncomplete = () => done();
    transaction.onabort = transaction.onerror = () => failed(transaction.error);
  });

export const open = async (name) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("day", { keyPath: "id" });
    request.result.createObjectStore("orders", { keyPath: "id" });
    const entries = request.result.createObjectStore("entries", { keyPath: "place", autoIncrement: true });
    entries.createIndex("uid", "uid", { unique: true });
  };
  const database = await asked(request);
  database.onversionchange = () => database.close(); // somebody forgets the day in another tab
  return database;
};

const allNoted = () => {
  try {
    return JSON.parse(localStorage.getItem(STORES)) ?? {};
  } catch {
    return {}; // whatever stood there was not ours
  }
};

const noted = (name, state) => {
  const all = allNoted();
  if (state) all[name] = state;
  else delete all[name];
  localStorage.setItem(STORES, JSON.stringify(all));
};

// Said before something is written: too early is harmless, too late would delete it at log-out.
export const noteUnsent = (name) => noted(name, { unsent: true, until: null });

export const noteSent = (name) => {
  if (allNoted()[name]?.unsent === false) return; // counted from when the last entry was sent
  noted(name, { unsent: false, until: Date.now() + KEPT_FOR });
};

// The round is over and all was sent: nothing stays beyond this page.
export const noteOver = (name) => noted(name, { unsent: false, until: Date.now() });

// Whether all was sent so long ago that nothing of it is to stay.
export const isOver = (name) => {
  const state = allNoted()[name];
  return Boolean(state) && !state.unsent && state.until !== null && state.until < Date.now();
};

export const load = async (database) => {
  const transaction = database.transaction(["day", "orders", "entries"]);
  const [[day], orders, entries] = await Promise.all(
    ["day", "orders", "entries"].map((name) => asked(transaction.objectStore(name).getAll())),
  );
  return { day: day ?? null, orders, entries };
};

// What the node says replaces what it said before; entries stay.
export const takeDay = async (database, { orders, ...day }) => {
  const transaction = database.transaction(["day", "orders"], "readwrite");
  transaction.objectStore("day").put({ ...day, id: "day", taken: Date.now() });
  transaction.objectStore("orders").clear();
  for (const order of orders) transaction.objectStore("orders").put(order);
  await ended(transaction);
};

export const add = async (database, entries) => {
  const transaction = database.transaction("entries", "readwrite", { durability: "strict" });
  for (const each of entries) transaction.objectStore("entries").add(each);
  await ended(transaction);
};

// Entries that were done go, conflicts are marked, orders become what the node says, all at once.
export const take = async (database, { state, operations, orders }) => {
  const transaction = database.transaction(["day", "orders", "entries"], "readwrite", { durability: "strict" });
  const entries = transaction.objectStore("entries");
  const day = transaction.objectStore("day");
  const standing = await asked(day.get("day"));
  if (standing) day.put({ ...standing, round: { ...standing.round, state } });
  for (const { uid, outcome, detail, status } of operations) {
    const found = await asked(entries.index("uid").get(uid));
    if (!found) continue;
    if (outcome === "conflict") entries.put({ ...found, conflict: { detail, status } });
    else entries.delete(found.place);
  }
  for (const order of orders) transaction.objectStore("orders").put(order);
  await ended(transaction);
};

// A conflict is decided: it goes, and what is done instead comes in the same moment.
export const decide = async (database, conflict, instead) => {
  const transaction = database.transaction("entries", "readwrite", { durability: "strict" });
  const entries = transaction.objectStore("entries");
  entries.delete(conflict.place);
  for (const each of instead) entries.add(each);
  await ended(transaction);
};

export const forget = async (database, name) => {
  database.close();
  await new Promise((done) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = () => done();
  });
  if ("caches" in window) await caches.delete(`wizzle-kept-${name}`);
  noted(name, null);
};

// The page itself with all that it loads, so that it opens without a network.
export const keepPage = async (name, reader, files) => {
  if (!("caches" in window)) return;
  const loaded = performance.getEntriesByType("resource").map(({ name: url }) => new URL(url).pathname);
  const wanted = new Set([...files, ...loaded.filter((path) => path.startsWith("/static/"))]);
  const page = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (page.status !== 200 || page.redirected) return;
  await caches.open(`wizzle-pages-${reader}`); // the worker's mark of whose phone this is now
  const cache = await caches.open(`wizzle-kept-${name}`);
  await Promise.all([cache.addAll([...wanted]), cache.put(location.pathname, page)]);
};
