// The website on a phone: its service worker, the age of pages shown without a network, and what
// pages keep on the phone by themselves, which goes when somebody logs out.

const bar = document.getElementById("offline-bar");

// What pages keep: {"name of an IndexedDB": {"unsent": true, "until": milliseconds or null}}.
// `unsent` is set before anything is written, so that it can be true for too long but never too late.
const STORES = "wizzle-stores";

const stores = () => {
  try {
    return JSON.parse(localStorage.getItem(STORES)) ?? {};
  } catch {
    return {};
  }
};

const dropStore = (name) =>
  new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = asked.onblocked = () => done();
  });

const dropCaches = async (beginning) => {
  const names = "caches" in window ? await caches.keys() : [];
  await Promise.all(names.filter((name) => name.startsWith(beginning)).map((name) => caches.delete(name)));
};

const forget = async (name) => {
  await Promise.all([dropStore(name), "caches" in window && caches.delete(`wizzle-kept-${name}`)]);
  const left = stores();
  delete left[name];
  localStorage.setItem(STORES, JSON.stringify(left));
};

// The day after all was sent, nothing of it stays on the phone.
const tidy = async () => {
  const open = document.querySelector("[data-works-offline]")?.dataset.worksOffline;
  for (const [name, { unsent, until }] of Object.entries(stores())) {
    if (name !== open && !unsent && until !== null && until < Date.now()) await forget(name);
  }
};

const UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

export const ago = (milliseconds, language) => {
  const seconds = Math.max(60, milliseconds / 1000);
  const [unit, length] = UNITS.find(([, each]) => seconds >= each);
  return new Intl.RelativeTimeFormat(language).format(-Math.floor(seconds / length), unit);
};

const say = (words) => {
  bar.textContent = words;
  bar.hidden = false;
};

const keptAt = Number(document.querySelector("meta[name=wizzle-kept-at]")?.content ?? 0);

const showAge = () => {
  const told = ago(Date.now() - keptAt, document.documentElement.lang);
  say(bar.dataset.seen.replace("{ago}", told));
};

const isLogOut = (form) => new URL(form.action, location.href).pathname === "/log-out";

const logOut = async (form) => {
  const found = Object.entries(stores());
  if (found.some(([, { unsent }]) => unsent) && !window.confirm(bar.dataset.ask)) return;
  await Promise.all(found.map(([name]) => forget(name)));
  await Promise.all([dropCaches("wizzle-pages-"), dropCaches("wizzle-kept-")]);
  form.submit();
};

const watchForms = () => {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!navigator.onLine && form.method === "post") {
        event.preventDefault();
        say(bar.dataset.waits);
        bar.scrollIntoView({ block: "nearest" });
      } else if (isLogOut(form)) {
        event.preventDefault();
        logOut(form);
      }
    },
    { capture: true },
  );
};

if (bar) {
  watchForms();
  if (keptAt) {
    showAge();
    let typed = false; // what somebody has begun to write is not taken away by a fresh page
    document.addEventListener("input", () => (typed = true), { once: true });
    // Asked first: a phone says that it has a network before it really has one.
    const renew = async () => {
      if (typed || !navigator.onLine) return;
      const found = await fetch(location.href, { method: "HEAD" }).catch(() => null);
      if (found) location.reload();
    };
    setInterval(renew, 10_000);
    window.addEventListener("online", () => setTimeout(renew, 500));
  }
  tidy();
}
if ("serviceWorker" in navigator && window.isSecureContext) {
  navigator.serviceWorker.register("/sw.js").catch(() => {}); // works without it
}
