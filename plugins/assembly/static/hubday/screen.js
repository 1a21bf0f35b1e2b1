// What is seen beside an order: how things stand, what is to be decided, and the list.
import { due, cost, kilograms } from "./reckon.js";
import { again, find, given } from "./day.js";
import { at, clock, fill, list, made, stateWords, won, words } from "./words.js";

const MOST_ROWS = 60; // as many as a thumb scrolls through; the search finds the others

const row = (order, unsent) => {
  const sum = order.paid ? order.lines.reduce((all, line) => all + cost(line), 0) : due(order).cash;
  const node = made("day-row", {
    name: order.name, code: order.code, state: unsent.has(order.id) ? words("unsent") : stateWords(order.state),
    sum: [words("kinds", { number: order.lines.length }), won(sum)].join(" · "),
  });
  at(node, "state").dataset.state = order.state;
  node.querySelector("a").href = `#o${order.id}`;
  return node;
};

// Those who wait come first, each part by name as the node has them.
export const drawList = (root, orders, { search, unsent }) => {
  const shown = orders.filter(({ state }) => state !== "withdrawn");
  const found = search.trim() ? find(orders, search) : shown;
  const isDone = ({ state }) => state !== "placed";
  const sorted = [...found.filter((each) => !isDone(each)), ...found.filter(isDone)];
  list(root, "orders").replaceChildren(...sorted.slice(0, MOST_ROWS).map((order) => row(order, unsent)));
  fill(root, { counts: words("counts", { waiting: shown.filter((each) => !isDone(each)).length, done: shown.filter(isDone).length }) });
  at(root, "empty").hidden = sorted.length > 0 || !orders.length;
};

const OF = {
  tick: () => words("ofTick"),
  bags: ({ bags }) => words("ofBags", { number: bags }),
  weigh: ({ grams }) => words("ofWeigh", { kg: kilograms(grams) }),
  less: ({ delivered }) => words("ofLess", { number: delivered }),
  back: ({ number }) => words("ofBack", { number }),
  hand: (asked) => words("ofHand", { given: won(given({ asked })) }),
  absent: () => words("ofAbsent"),
  waits: () => words("ofWaits"),
};

const what = (order, { kind, asked }) => {
  const line = order?.lines.find(({ id }) => id === asked.line);
  return [line?.name, OF[kind](asked)].filter(Boolean).join(" · ");
};

const more = (order, conflict, instead) => {
  if (conflict.kind !== "hand") return "";
  const taken = won(given(conflict));
  return instead ? words("redoHand", { asked: won(due(order).cash), given: taken }) : words("took", { given: taken });
};

// `decide(conflict, instead)` lets a conflict go, for the entries that are done instead.
export const drawConflicts = (root, orders, conflicts, decide) => {
  const section = root.querySelector(".day-conflicts");
  section.hidden = !conflicts.length;
  const nodes = conflicts.map((conflict) => {
    const order = orders.find(({ id }) => id === conflict.order);
    const instead = conflict.conflict.status === 404 ? null : again(order, conflict);
    const node = made("day-conflict", {
      who: order?.name ?? "", code: order?.code ?? "", what: what(order, conflict),
      why: conflict.conflict.detail ?? "", more: more(order, conflict, instead),
    });
    const redo = node.querySelector('[data-act="again"]');
    redo.hidden = !instead;
    redo.addEventListener("click", () => decide(conflict, again(order, conflict) ?? []));
    node.querySelector('[data-act="drop"]').addEventListener("click", () => decide(conflict, []));
    return node;
  });
  list(root, "conflicts").replaceChildren(...nodes);
};

const sentence = ({ kind, day, number, busy }) => {
  if (kind === "logIn") return words("logIn");
  if (kind === "other") return words("other");
  if (!day) return words(kind === "away" ? "nothing" : "loading");
  const time = clock(day.taken);
  if (kind === "away" || kind === "refused") return number ? words("awayUnsent", { number }) : words("away", { time });
  return number || busy ? words("sending", { number }) : words("online", { time });
};

// How things stand: `kind` as `Post` has it, `number` of entries that wait to be sent.
export const drawStrip = (root, standing) => {
  const { kind, detail, day } = standing;
  root.querySelector(".day-strip").classList.toggle("is-away", kind !== "");
  const cut = day?.cut ? words("cut", { number: 1000 }) : "";
  fill(root, { words: sentence(standing), note: kind === "refused" ? (detail ?? "") : cut });
  root.querySelector(".day-log-in").hidden = kind !== "logIn";
};
