// Reed-Solomon over GF(256) with the polynomial of QR codes (0x11d): puts wrong bytes right. Pure.

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}

const times = (one, other) => (one && other ? EXP[LOG[one] + LOG[other]] : 0);
const inverse = (value) => EXP[255 - LOG[value]];

// Polynomials have their lowest power first.
const valueAt = (polynomial, x) => polynomial.reduceRight((sum, each) => times(sum, x) ^ each, 0);

// The shortest register that makes these syndromes (Berlekamp and Massey): it has a root for each
// wrong place.
const locator = (syndromes) => {
  let [current, before] = [[1], [1]];
  let [length, gap, last] = [0, 1, 1];
  for (let step = 0; step < syndromes.length; step += 1) {
    let difference = syndromes[step];
    for (let at = 1; at <= length; at += 1) difference ^= times(current[at] ?? 0, syndromes[step - at]);
    if (!difference) {
      gap += 1;
      continue;
    }
    const factor = times(difference, inverse(last));
    const next = current.slice();
    before.forEach((each, at) => {
      next[at + gap] = (next[at + gap] ?? 0) ^ times(factor, each);
    });
    if (2 * length <= step) {
      [before, length, last, gap] = [current, step + 1 - length, difference, 1];
    } else gap += 1;
    current = Array.from(next, (each) => each ?? 0);
  }
  return length === current.length - 1 ? current : null;
};

// Return a block of bytes put right by its last `check` ones, null if too many are wrong.
export const correct = (block, check) => {
  const reversed = block.slice().reverse();
  const syndromes = Array.from({ length: check }, (_, power) => valueAt(reversed, EXP[power]));
  if (syndromes.every((each) => each === 0)) return block;
  const register = locator(syndromes);
  if (!register || (register.length - 1) * 2 > check) return null;
  const evaluator = syndromes.map((_, at) =>
    syndromes.slice(0, at + 1).reduce((sum, each, place) => sum ^ times(each, register[at - place] ?? 0), 0),
  );
  const slope = register.map((each, power) => (power % 2 ? each : 0)).slice(1);
  let found = 0;
  for (let place = 0; place < block.length; place += 1) {
    const root = EXP[255 - place];
    if (valueAt(register, root)) continue;
    found += 1;
    reversed[place] ^= times(EXP[place], times(valueAt(evaluator, root), inverse(valueAt(slope, root))));
  }
  return found === register.length - 1 ? reversed.reverse() : null;
};
