// One order on the screen: its bags and lines to tick and weigh, its sum, and what is done with it.
import { doubt, due, cost, gramsOf, kilograms, wonOf } from "./reckon.js";
import { held, isEarly, unweighed } from "./day.js";
import { at, fill, form, list, made, stateWords, won, words } from "./words.js";

const problem = (place, text) => fill(place, { problem: text });

// Call `act` with the form's fields when it is sent; a text that it returns says what is wrong with
// them, anything else that all is well.
const onSent = (place, act) => {
  place.addEventListener("submit", (event) => {
    event.preventDefault();
    const why = act(place.elements, event.submitter);
    problem(place, typeof why === "string" ? why : "");
    if (typeof why === "string") return;
    place.reset();
    const fold = place.closest("details");
    if (fold) fold.open = false;
  });
};

const reason = (fields) => fields.reason.value.replace(/\s+/g, " ").trim();

const MISSING = (field) => (field.focus(), field.validationMessage || "…");

const tick = (node, { mark, on }, note) => {
  const box = node.querySelector("input");
  box.checked = on;
  box.addEventListener("change", () => note("tick", { mark, on: box.checked }));
};

const bags = (order, root, open, note) => {
  const place = form(root, "bags");
  place.hidden = !open.packing;
  place.elements.bags.defaultValue = order.bags || "";
  onSent(place, ({ bags: field }) => {
    const number = /^\d{1,2}$/.test(field.value.trim()) ? Number(field.value) : 99;
    if (number > 30) return words("range", { most: 30 });
    return note("bags", { bags: number, was: order.bags });
  });
  for (let number = 1; open.handing && number <= order.bags; number += 1) {
    const mark = `bag-${number}`;
    const node = made("day-tick", { words: words("bag", { number: `${number}/${order.bags}` }) });
    tick(node, { mark, on: order.ticks.includes(mark) }, note);
    list(root, "bags").append(node);
  }
};

const weigh = (line, node, open, note) => {
  const place = form(node, "weigh");
  place.hidden = !open.packing || !line.byWeight || !line.delivered;
  place.elements.grams.defaultValue = line.weighed ?? "";
  let asked = null; // the weight that was asked about: pressed a second time it is meant
  onSent(place, ({ grams: field }) => {
    const grams = gramsOf(field.value);
    if (grams === null) return words("grams");
    const expected = (line.expected ?? 0) * line.delivered;
    const told = { grams: kilograms(grams), expected: kilograms(expected) };
    const why = doubt(grams, expected);
    if (why === "refuse") return words("refuse", told);
    if (why === "ask" && asked !== grams) {
      asked = grams;
      return words("ask", told);
    }
    return note("weigh", { line: line.id, grams, delivered: line.delivered, was: line.weighed, sure: why === "ask" });
  });
};

const less = (line, node, open, note) => {
  node.querySelector('[data-part="less"]').hidden = !open.packing;
  const place = form(node, "less");
  place.elements.delivered.defaultValue = line.delivered;
  onSent(place, (fields) => {
    const text = fields.delivered.value.trim();
    const delivered = /^\d{1,5}$/.test(text) ? Number(text) : -1;
    if (delivered < 0 || delivered > line.quantity) return words("range", { most: line.quantity });
    if (!reason(fields)) return MISSING(fields.reason);
    return note("less", { line: line.id, delivered, was: line.delivered, reason: reason(fields) });
  });
};

const weightOf = (line) => {
  if (!line.byWeight || !line.delivered) return "";
  return line.weighed === null ? words("unweighed") : `${kilograms(line.weighed)} kg`;
};

const lines = (order, root, open, note) => {
  const names = new Map(order.lines.map(({ id, name }) => [id, name]));
  for (const line of order.lines) {
    const isLess = line.delivered !== line.quantity;
    const node = made("day-line", {
      name: line.name, unit: line.unit, number: `× ${line.delivered}`, won: won(order.paid ? line.paid : cost(line)),
      seller: [line.seller, line.storage].filter(Boolean).join(" · "),
      instead: line.insteadOf ? words("instead", { name: names.get(line.insteadOf) ?? "" }) : "",
      less: isLess ? words("less", { ordered: line.quantity, delivered: line.delivered }) : "",
      unweighed: weightOf(line),
    });
    node.classList.toggle("no-ticks", !open.handing);
    const mark = `line-${line.id}`;
    tick(node, { mark, on: order.ticks.includes(mark) }, note);
    weigh(line, node, open, note);
    less(line, node, open, note);
    list(root, "lines").append(node);
  }
};

const sums = (order, root) => {
  if (order.paid) {
    const paid = order.lines.reduce((all, line) => all + line.paid, 0);
    fill(root, { payWord: stateWords(order.state), pay: won(paid) });
    return;
  }
  const asked = due(order);
  const parts = [["goods", asked.goods], ["deposits", asked.deposits], ["credit", -asked.credit], ["debt", asked.debt]];
  const shown = parts.filter(([, amount]) => amount);
  if (shown.length > 1) {
    list(root, "sums").append(...shown.map(([name, amount]) => made("day-sum", { word: words(name), won: won(amount) })));
  }
  fill(root, { pay: won(asked.cash) });
};

const hand = (order, root, open, note) => {
  const place = form(root, "hand");
  place.hidden = !open.handing;
  const { shown, early } = { shown: due(order).cash, early: isEarly(order, Date.now()) };
  place.querySelector(".day-early").hidden = !early;
  fill(place, { bound: words("bound", { most: won(open.bound) }) });
  onSent(place, ({ cash: field, early: meant }) => {
    const missing = unweighed(order);
    if (missing) return words("weighFirst", { name: missing });
    const typed = field.value.trim() ? wonOf(field.value) : shown;
    if (typed === null || Math.abs(typed - shown) > open.bound) return words("bound", { most: won(open.bound) });
    if (early && !meant.checked) return words("early");
    return note("hand", { shown, cash: typed === shown ? null : typed, early });
  });
};

const boxes = (order, root, open, note) => {
  for (const box of order.boxes.filter(held)) {
    const node = made("day-box", { words: words("box", { name: box.name, number: held(box) }) });
    const place = form(node, "back");
    place.elements.number.defaultValue = held(box);
    onSent(place, (fields, button) => {
      const text = fields.number.value.trim();
      const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
      if (number < 1 || number > held(box)) return words("range", { most: held(box) });
      return note("back", { container: box.id, number, way: button?.value ?? "balance" });
    });
    list(root, "boxes").append(node);
  }
};

const absent = (order, root, open, note) => {
  root.querySelector('[data-part="absent"]').hidden = !open.handing;
  onSent(form(root, "absent"), (fields) =>
    reason(fields) ? note("absent", { reason: reason(fields) }) : MISSING(fields.reason),
  );
  form(root, "waits").hidden = !(open.day && order.state === "not_collected");
  onSent(form(root, "waits"), () => note("waits", {}));
};

const hint = (state) => ({ distributing: "", settled: words("settled") })[state] ?? words("notStarted");

// Draw an order. `note(kind, asked)` keeps an entry and draws anew; `bound` is the won by which
// what was given may differ.
export const drawOrder = (order, { round, bound, unsent, note }) => {
  const day = round.state === "distributing";
  const waits = order.state === "placed";
  const open = { day, bound, handing: day && waits, packing: waits && round.state !== "settled" };
  const root = made("day-order", {
    code: order.code, name: order.name, number: order.number, state: stateWords(order.state),
    unsent: unsent ? words("unsent") : "", hint: hint(round.state),
  });
  at(root, "state").dataset.state = order.state;
  bags(order, root, open, note);
  lines(order, root, open, note);
  sums(order, root);
  hand(order, root, open, note);
  if (day) boxes(order, root, open, note);
  absent(order, root, open, note);
  return root;
};
