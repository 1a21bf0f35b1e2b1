// What a person was about to type, had opened, or had the focus on, when a part is drawn anew.
const ALL = "input, button, summary, a";

const parts = (place) => ({
  fields: [...place.querySelectorAll("input.input")],
  folds: [...place.querySelectorAll("details")],
  all: [...place.querySelectorAll(ALL)],
});

export const remember = (place) => {
  const { fields, folds, all } = parts(place);
  return {
    typed: fields.map(({ value, defaultValue }) => [value, defaultValue]),
    open: folds.map((fold) => fold.open),
    focus: all.indexOf(document.activeElement),
    count: all.length,
  };
};

// Put it back where the new part has the same pieces; a field whose saved value has changed shows that.
export const restore = (place, { typed, open, focus, count }) => {
  const { fields, folds, all } = parts(place);
  if (all.length !== count) return;
  fields.forEach((field, at) => {
    const [value, before] = typed[at];
    if (value !== before && field.defaultValue === before) field.value = value;
  });
  folds.forEach((fold, at) => {
    fold.open = open[at];
  });
  all[focus]?.focus({ preventScroll: true });
};
