// The day at the hub: works from what lies on this phone, and tells the node when it can.
import { entry, project, scanned } from "./day.js";
import { drawOrder } from "./order.js";
import { drawConflicts, drawList, drawStrip } from "./screen.js";
import { Post } from "./send.js";
import * as store from "./store.js";
import { Scanner } from "./scan.js";
import { remember, restore } from "./stay.js";
import { words } from "./words.js";

const EVERY = 20_000; // milliseconds between two tries to send what waits
const ONCE_MORE = 3_000; // and after a network has come back, which may not carry the first try

class Day {
  constructor(root, database) {
    const { person, url, worksOffline: name, reader, files } = root.dataset;
    Object.assign(this, { root, database, name, reader, files: JSON.parse(files) });
    this.post = new Post(database, name, Number(person), url);
    this.standing = { kind: "", detail: "" };
    this.busy = false;
    this.tabs = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  }

  // Read what lies here and draw it; what is drawn is never ahead of what is kept.
  async draw() {
    const { day, orders, entries } = await store.load(this.database);
    Object.assign(this, { day, entries });
    const waiting = entries.filter((each) => !each.conflict);
    this.orders = project(orders, entries).sort((one, other) => one.name.localeCompare(other.name, "ko") || one.id - other.id);
    this.unsent = new Set(waiting.map(({ order }) => order));
    drawStrip(this.root, { ...this.standing, day, number: waiting.length, busy: this.busy });
    drawConflicts(this.root, this.orders, entries.filter((each) => each.conflict), (...both) => this.decide(...both));
    this.#view();
    this.root.hidden = false;
  }

  #view() {
    const order = this.orders.find(({ id }) => location.hash === `#o${id}`);
    const [whole, one] = ["list", "order"].map((name) => this.root.querySelector(`[data-view="${name}"]`));
    whole.hidden = Boolean(order);
    one.hidden = !order;
    if (order) this.#order(one, order);
    else {
      one.replaceChildren();
      drawList(this.root, this.orders, { search: this.root.querySelector("#day-q").value, unsent: this.unsent });
    }
  }

  #order(place, order) {
    const key = JSON.stringify([order, this.day?.round.state, this.unsent.has(order.id)]);
    if (place.dataset.key === key && place.firstElementChild) return; // what is being typed stays
    const isNew = place.dataset.order !== String(order.id) || !place.firstElementChild;
    Object.assign(place.dataset, { key, order: order.id });
    const { round, bound } = this.day;
    const note = (kind, asked) => this.note([entry(order, kind, asked)]);
    const before = isNew ? null : remember(place);
    place.replaceChildren(drawOrder(order, { round, bound, unsent: this.unsent.has(order.id), note }));
    if (before) restore(place, before);
    else place.querySelector("h2").focus();
  }

  // Keep entries, then show them, then send them.
  async note(entries) {
    store.noteUnsent(this.name);
    await store.add(this.database, entries);
    const [{ kind }] = entries;
    if (kind === "hand" || kind === "absent") location.hash = "";
    await this.draw();
    this.tabs?.postMessage("");
    this.send();
  }

  async decide(conflict, instead) {
    store.noteUnsent(this.name);
    await store.decide(this.database, conflict, instead);
    await this.draw();
    this.tabs?.postMessage("");
    this.send();
  }

  send() {
    return this.#work(() => this.post.send());
  }

  async refresh() {
    await this.#work(async () => {
      const sent = await this.post.send();
      return sent.kind ? sent : this.post.fetch();
    });
    if (this.standing.kind === "" && this.day) await store.keepPage(this.name, this.reader, this.files).catch(() => {});
    if (this.standing.kind === "" && this.day?.round.state === "settled" && !this.entries.length) store.noteOver(this.name);
  }

  // One thing at a time; what comes meanwhile is done afterwards.
  async #work(does) {
    this.next = does;
    if (this.busy) return;
    this.busy = true;
    while (this.next) {
      const now = this.next;
      this.next = null;
      this.standing = await now();
      await this.draw();
    }
    this.busy = false;
    await this.draw();
    this.tabs?.postMessage("");
  }

  async forget() {
    await store.forget(this.database, this.name);
    this.tabs?.close();
  }

  askToForget() {
    const number = this.entries.length;
    if (!window.confirm(number ? words("forgetUnsent", { number }) : words("forget"))) return;
    this.forget().then(() => location.assign(this.root.ownerDocument.querySelector(".page-back a").href));
  }

  found(text) {
    const order = scanned(this.orders, text);
    if (order) location.hash = `#o${order.id}`;
    return Boolean(order);
  }
}

const listen = (day) => {
  const { root } = day;
  const on = (name, does) => root.querySelector(`[data-act="${name}"]`).addEventListener("click", does);
  const scanner = new Scanner(root.querySelector(".day-camera"), (text) => day.found(text));
  on("refresh", () => day.refresh());
  on("forget", () => day.askToForget());
  on("scan", () => scanner.begin());
  on("stop-scan", () => scanner.end());
  const search = root.querySelector('[data-form="search"]');
  search.addEventListener("input", () => day.draw());
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    const rows = root.querySelectorAll('[data-list="orders"] a');
    if (rows.length === 1) location.hash = rows[0].hash;
  });
  window.addEventListener("hashchange", () => day.draw());
  window.addEventListener("online", () => {
    day.refresh();
    setTimeout(() => day.unsent?.size && day.send(), ONCE_MORE);
  });
  window.addEventListener("offline", () => day.send());
  document.addEventListener("visibilitychange", () => document.hidden || day.send());
  setInterval(() => day.unsent?.size && day.send(), EVERY);
  day.tabs?.addEventListener("message", () => day.draw());
};

const begin = async (root) => {
  const name = root.dataset.worksOffline;
  root.querySelector("[data-log-in-link]").href = root.dataset.logIn;
  if (store.isOver(name)) await store.forget(await store.open(name), name);
  const day = new Day(root, await store.open(name));
  await day.draw();
  listen(day);
  if (!day.entries.length) store.noteSent(name);
  navigator.storage?.persist?.().catch(() => {});
  await day.refresh();
};

const root = document.getElementById("hub-day");
if (root && "indexedDB" in window) begin(root);
