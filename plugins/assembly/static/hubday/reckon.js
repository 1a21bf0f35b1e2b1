// What things cost and what is to be paid, to the won as the node reckons it. Pure.

// What a line costs as it stands, rounded once, half a won up.
export const cost = (line) => {
  if (!line.byWeight) return line.price * line.delivered;
  let grams = line.weighed ?? (line.expected ?? 0) * line.delivered;
  if (line.most !== null) grams = Math.min(grams, line.most * line.delivered);
  return Math.floor((line.price * grams + 500) / 1000);
};

const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);

// What is to be paid for an order, with its parts; `cash` is what is to be taken in money.
export const due = (order) => {
  const goods = sum(order.lines.map(cost));
  const deposits = sum(order.lines.map((line) => line.deposit * line.delivered));
  const account = order.account ?? 0;
  const credit = Math.min(Math.max(0, account - (order.reserved ?? 0)), goods + deposits);
  const debt = Math.max(0, -account);
  return { goods, deposits, credit, debt, total: goods + deposits, cash: goods + deposits - credit + debt };
};

// Whether a weight can be meant: "refuse" beyond ten times, "ask" beyond four times too much or
// too little, "" for any other.
export const doubt = (grams, expected) => {
  if (grams > 10 * expected || 10 * grams < expected) return "refuse";
  return grams > 4 * expected || 4 * grams < expected ? "ask" : "";
};

// Grams as typed: "1234", "1,234 g" or "1.234 kg"; null for anything else.
export const gramsOf = (text) => {
  const found = /^(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,3}))?\s*(kg|g)?$/i.exec(text.trim());
  if (!found) return null;
  const whole = Number(found[1].replaceAll(",", ""));
  const inKilograms = (found[3] ?? "g").toLowerCase() === "kg";
  if (!inKilograms && found[2]) return null;
  const grams = inKilograms ? whole * 1000 + Number((found[2] ?? "").padEnd(3, "0")) : whole;
  return grams > 0 && grams <= 1_000_000 ? grams : null;
};

export const wonOf = (text) => (/^[\d,]{1,13}$/.test(text.trim()) ? Number(text.replaceAll(",", "")) : null);

export const kilograms = (grams) =>
  (grams / 1000).toLocaleString("en", { maximumFractionDigits: 3, useGrouping: true });
