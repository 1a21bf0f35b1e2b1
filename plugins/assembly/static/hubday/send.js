// Sends what was noted down, in order, a few at a time. Whatever goes wrong on the way, an entry
// stays here until the node has said what became of it: it does each only once.
import * as store from "./store.js";

const AT_ONCE = 20;
const LONGEST = 20_000;

const ask = async (url, options = {}) => {
  if (!navigator.onLine) return { status: 0, told: {} };
  const signal = AbortSignal.timeout?.(LONGEST);
  try {
    const answer = await fetch(url, { signal, redirect: "manual", ...options });
    const told = await answer.json().catch(() => ({}));
    return { status: answer.status, told };
  } catch {
    return { status: 0, told: {} };
  }
};

// What is the matter, as the screen says it: "" all is well, "away" no network or a node that does
// not answer, "logIn", "other" somebody else is logged in, "refused" with the node's own sentence.
const matter = ({ status, told }) => {
  if (status === 200) return { kind: "" };
  if (status === 401) return { kind: "logIn" };
  if (status === 0 || status === 429 || status >= 500) return { kind: "away" };
  return { kind: "refused", detail: told.detail ?? String(status) };
};

// One tab sends at a time; a second would do no harm but for the network.
const alone = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());

export class Post {
  constructor(database, name, person, url) {
    Object.assign(this, { database, name, person, url });
  }

  // Send all that waits and return what is the matter.
  send() {
    return alone(this.name, async () => {
      let fresh = false; // whether the token was asked for anew since it was refused
      for (;;) {
        const { day, entries } = await store.load(this.database);
        const waiting = entries.filter((each) => !each.conflict).slice(0, AT_ONCE);
        if (!waiting.length) {
          if (!entries.length && day) store.noteSent(this.name);
          return { kind: navigator.onLine ? "" : "away" };
        }
        if (!day) return this.#fetch();
        const answer = await this.#sent(day, waiting);
        if (answer.status === 200) {
          await store.take(this.database, answer.told);
          if (!answer.told.operations.length) return { kind: "refused", detail: "" }; // never in a circle
        } else if (answer.told.unsigned && !fresh) {
          fresh = true;
          const found = await this.#fetch();
          if (found.kind) return found;
        } else {
          return matter(answer);
        }
      }
    });
  }

  #sent(day, waiting) {
    const operations = waiting.map(({ uid, order, kind, asked, seen, at }) => ({ uid, order, kind, asked, seen, at }));
    return ask(day.send, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": day.token },
      body: JSON.stringify({ person: this.person, operations }),
    });
  }

  // Take the list of the day along anew.
  fetch() {
    return alone(this.name, () => this.#fetch());
  }

  async #fetch() {
    const answer = await ask(this.url);
    if (answer.status !== 200) return matter(answer);
    if (answer.told.person !== this.person) return { kind: "other" };
    await store.takeDay(this.database, answer.told);
    return { kind: "" };
  }
}
