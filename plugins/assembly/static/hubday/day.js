// A day at the hub as one phone sees it: what the node said last, and on top of it what was noted
// down since and is not sent yet. Pure.
import { cost, due } from "./reckon.js";

export const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

// An entry: what is to be done with an order, and what was shown when it was noted down.
export const entry = (order, kind, asked) => ({
  uid: uuid(), order: order.id, kind, asked, seen: order.version, at: new Date().toISOString(),
});

const lineOf = (order, id) => order.lines.find((line) => line.id === id);

const others = (order, all) => all.filter((each) => each.person === order.person && each.id !== order.id);

// What was transferred for an order is kept for it as long as it waits.
const release = (order, all, sign) => {
  for (const each of others(order, all)) {
    if (each.reserved !== null) each.reserved -= sign * (order.transferred ?? 0);
  }
};

// Take the oldest containers out of these lots; return their deposits.
const takeOut = (lots, number) => {
  let won = 0;
  while (number > 0 && lots.length) {
    const [there, deposit] = lots[0];
    const taken = Math.min(there, number);
    won += taken * deposit;
    number -= taken;
    if (taken === there) lots.shift();
    else lots[0] = [there - taken, deposit];
  }
  return won;
};

const credit = (order, all, won) => {
  for (const each of all) {
    if (each.person === order.person && each.account !== null) each.account += won;
  }
};

const WAYS = {
  tick: (order, { mark, on }) => {
    order.ticks = order.ticks.filter((each) => each !== mark).concat(on ? [mark] : []);
  },
  bags: (order, { bags }) => {
    order.bags = bags;
  },
  weigh: (order, { line, grams }) => {
    lineOf(order, line).weighed = grams;
  },
  less: (order, { line, delivered }) => {
    const found = lineOf(order, line);
    if (found.delivered === delivered) return;
    found.delivered = delivered;
    found.weighed = null; // other pieces weigh something else
  },
  back: (order, { container, number, way }, all) => {
    let won = 0;
    for (const each of all.filter(({ person }) => person === order.person)) {
      const box = each.boxes.find(({ id }) => id === container);
      if (box) won = takeOut(box.lots, number);
    }
    if (way === "balance") credit(order, all, won);
  },
  hand: (order, { cash }, all) => {
    if (order.state !== "placed") return;
    const asked = due(order);
    const given = cash ?? asked.cash;
    order.state = "collected";
    order.paid = true;
    order.ticks = [];
    for (const line of order.lines) line.paid = cost(line);
    release(order, all, 1);
    credit(order, all, given - asked.total);
    order.account = null;
  },
  absent: (order, _asked, all) => {
    if (order.state !== "placed") return;
    order.state = "not_collected";
    release(order, all, 1);
  },
  waits: (order, _asked, all) => {
    if (order.state !== "not_collected") return;
    order.state = "placed";
    release(order, all, -1);
  },
};

// The orders as they stand once all entries that wait are done; conflicts change nothing.
export const project = (orders, entries) => {
  const all = structuredClone(orders);
  const byId = new Map(all.map((order) => [order.id, order]));
  for (const each of entries) {
    const order = byId.get(each.order);
    if (!order || each.conflict) continue;
    if (each.asked.line && !lineOf(order, each.asked.line)) continue;
    WAYS[each.kind]?.(order, each.asked, all);
  }
  return all;
};

export const held = (box) => box.lots.reduce((all, [number]) => all + number, 0);

const plain = (text) => text.normalize("NFC").toUpperCase().replace(/\s/g, "");

// Orders by a part of the name, the code, the number, or the last four digits of the phone.
export const find = (orders, text) => {
  const asked = plain(text);
  if (!asked) return orders;
  const digits = /^[\d-]{4,}$/.test(asked) ? asked.replaceAll("-", "").slice(-4) : null;
  return orders.filter(
    (order) =>
      order.code === asked ||
      order.number === asked ||
      plain(order.name).includes(asked) ||
      (digits !== null && order.tails.includes(digits)),
  );
};

// The order whose label or page was scanned: its QR code holds an address that ends with its name.
export const scanned = (orders, text) => {
  const uid = /\/bags\/([\w-]+)$/.exec(text.trim())?.[1];
  return orders.find((order) => (uid ? order.uid === uid : order.code === plain(text)));
};

// What stands in the way of handing over: the name of what was never weighed, "" for nothing.
export const unweighed = (order) =>
  order.lines.find((line) => line.byWeight && line.delivered > 0 && line.weighed === null)?.name ?? "";

export const isEarly = (order, now) => {
  if (!order.from) return false;
  const day = (instant) => new Date(instant).setHours(0, 0, 0, 0);
  return day(now) < day(order.from);
};

// What was taken in cash when an entry of handing over was noted down.
export const given = ({ asked }) => asked.cash ?? asked.shown;

const AGAIN = {
  bags: (order, { bags }) => [["bags", { bags, was: order.bags }]],
  weigh: (order, { line, grams }) => {
    const found = lineOf(order, line);
    if (!found?.delivered) return null;
    return [["weigh", { line, grams, delivered: found.delivered, was: found.weighed, sure: true }]];
  },
  less: (order, { line, delivered, reason }) => {
    const found = lineOf(order, line);
    return found && delivered <= found.quantity ? [["less", { line, delivered, reason, was: found.delivered }]] : null;
  },
  back: (order, asked) => {
    const box = order.boxes.find(({ id }) => id === asked.container);
    return box && held(box) >= asked.number ? [["back", asked]] : null;
  },
  hand: (order, asked) => {
    const sum = due(order).cash;
    const cash = given({ asked }) === sum ? null : given({ asked });
    const hand = ["hand", { shown: sum, cash, early: true }];
    return { placed: [hand], not_collected: [["waits", {}], hand] }[order.state] ?? null;
  },
  absent: (order, asked) => (order.state === "placed" ? [["absent", asked]] : null),
};

// The entries that do once more, with today's state, what was left for a person to decide; null
// where that makes no sense any more.
export const again = (order, conflict) => {
  const made = order ? AGAIN[conflict.kind]?.(order, conflict.asked) : null;
  return made?.map(([kind, asked]) => entry(order, kind, asked)) ?? null;
};
