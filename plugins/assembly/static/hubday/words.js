// All that is said stands in the page, in the reader's language; here names and numbers are put in.
const said = document.getElementById("day-words").dataset;
const language = document.documentElement.lang;

export const words = (name, values = {}) =>
  said[name].replace(/\{(\w+)\}/g, (all, key) => (key in values ? String(values[key]) : all));

export const won = (amount) => words("won", { won: amount.toLocaleString("en") });

export const clock = (instant) =>
  new Date(instant).toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" });

const STATES = { placed: "placed", collected: "collected", not_collected: "notCollected", withdrawn: "withdrawn" };

export const stateWords = (state) => words(STATES[state]);

// A copy of a template with texts at the places named `data-t`; never markup.
export const made = (id, texts = {}) => {
  const root = document.getElementById(id).content.firstElementChild.cloneNode(true);
  fill(root, texts);
  return root;
};

export const fill = (root, texts) => {
  for (const [name, text] of Object.entries(texts)) {
    const place = at(root, name);
    place.textContent = text;
    if (place.hasAttribute("hidden") || place.classList.contains("day-note")) place.hidden = text === "";
  }
};

export const at = (root, name) => root.querySelector(`[data-t="${name}"]`);

export const list = (root, name) => root.querySelector(`[data-list="${name}"]`);

export const form = (root, name) => root.querySelector(`[data-form="${name}"]`);
