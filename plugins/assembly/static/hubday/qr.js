// Reads a QR code (ISO/IEC 18004, model 2) out of a picture, for browsers without a reader of their
// own. Pure: `read({data, width, height})`, as of a canvas, returns the text, "" if there is none.
import { correct } from "./galois.js";
import { squaresIn } from "./squares.js";

// Codewords for correction in each block, and the number of blocks, by version from 1: L, M, Q, H.
const PER_BLOCK = [
  [7, 10, 15, 20, 26, 18, 20, 24, 30, 18], [10, 16, 26, 18, 24, 16, 18, 22, 22, 26],
  [13, 22, 18, 26, 18, 24, 18, 22, 20, 24], [17, 28, 22, 16, 22, 28, 26, 26, 24, 28],
];
const BLOCKS = [
  [1, 1, 1, 1, 1, 2, 2, 2, 2, 4], [1, 1, 1, 2, 2, 4, 4, 4, 5, 5],
  [1, 1, 2, 2, 4, 4, 6, 6, 8, 8], [1, 1, 2, 4, 4, 4, 5, 6, 8, 8],
];
export const LARGEST = 10; // versions beyond this hold more than an address of ours needs

const MASKS = [
  (r, c) => (r + c) % 2 === 0, (r) => r % 2 === 0, (_r, c) => c % 3 === 0, (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0, (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0, (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

const bitsOf = (number) => number.toString(2).replaceAll("0", "").length;

// Which level of correction and which mask: of the 32 words the nearest, if at most three bits off.
const formatOf = (squares, side) => {
  const at = (row, column) => squares[row * side + column];
  let [one, two] = [0, 0];
  const first = [[8, 0], [8, 1], [8, 2], [8, 3], [8, 4], [8, 5], [8, 7], [8, 8], [7, 8], [5, 8], [4, 8], [3, 8], [2, 8], [1, 8], [0, 8]];
  for (const [row, column] of first) one = (one << 1) | at(row, column);
  for (let place = 0; place < 7; place += 1) two = (two << 1) | at(side - 1 - place, 8);
  for (let place = 0; place < 8; place += 1) two = (two << 1) | at(8, side - 8 + place);
  let best = { off: 4 };
  for (let data = 0; data < 32; data += 1) {
    let rest = data << 10;
    for (let bit = 14; bit >= 10; bit -= 1) if (rest & (1 << bit)) rest ^= 0x537 << (bit - 10);
    const word = ((data << 10) | rest) ^ 0x5412;
    const off = Math.min(bitsOf(word ^ one), bitsOf(word ^ two));
    if (off < best.off) best = { off, level: [1, 0, 3, 2][data >> 3], mask: data & 7 };
  }
  return best.off < 4 ? best : null;
};

const alignmentPlaces = (version) => {
  if (version === 1) return [];
  const number = Math.floor(version / 7) + 2;
  const last = version * 4 + 10;
  const step = number === 2 ? last - 6 : Math.ceil((last - 6) / (number - 1) / 2) * 2;
  return [6, ...Array.from({ length: number - 1 }, (_, at) => last - step * (number - 2 - at))];
};

// Whether a square belongs to the pattern and holds no data.
const fixed = (version, side) => {
  const places = alignmentPlaces(version);
  const isCorner = (row, column) =>
    (row === 6 && (column === 6 || column === side - 7)) || (row === side - 7 && column === 6);
  return (row, column) => {
    if (row === 6 || column === 6) return true;
    if (row < 9 && (column < 9 || column >= side - 8)) return true;
    if (row >= side - 8 && column < 9) return true;
    if (version > 6 && ((row < 6 && column >= side - 11) || (column < 6 && row >= side - 11))) return true;
    return places.some((r) => places.some((c) => !isCorner(r, c) && Math.abs(row - r) < 3 && Math.abs(column - c) < 3));
  };
};

const codewords = (squares, version, side, mask) => {
  const isFixed = fixed(version, side);
  const found = [];
  let [bits, count] = [0, 0];
  let upward = true;
  for (let right = side - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < side; step += 1) {
      const row = upward ? side - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (isFixed(row, column)) continue;
        bits = (bits << 1) | (squares[row * side + column] ^ (MASKS[mask](row, column) ? 1 : 0));
        count += 1;
        if (count === 8) {
          found.push(bits);
          [bits, count] = [0, 0];
        }
      }
    }
    upward = !upward;
  }
  return found;
};

// Codewords lie interleaved, block by block; each block is corrected by itself.
const dataOf = (words, version, level) => {
  const [per, number] = [PER_BLOCK[level][version - 1], BLOCKS[level][version - 1]];
  const short = Math.floor(words.length / number);
  const longer = words.length % number;
  const blocks = Array.from({ length: number }, () => []);
  let at = 0;
  for (let place = 0; place <= short - per; place += 1)
    for (let block = 0; block < number; block += 1)
      if (place < short - per || block >= number - longer) blocks[block].push(words[at++]);
  for (let place = 0; place < per; place += 1) for (const block of blocks) block.push(words[at++]);
  const whole = blocks.map((block) => correct(block, per));
  return whole.some((block) => block === null) ? null : whole.flatMap((block, place) => block.slice(0, blocks[place].length - per));
};

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

const textOf = (data, version) => {
  let at = 0;
  const left = () => data.length * 8 - at;
  const take = (bits) => {
    let value = 0;
    for (let bit = 0; bit < bits; bit += 1, at += 1) value = (value << 1) | ((data[at >> 3] >> (7 - (at & 7))) & 1);
    return value;
  };
  const wide = version > 9;
  const bytes = [];
  const put = (text) => bytes.push(...new TextEncoder().encode(text));
  while (left() >= 4) {
    const mode = take(4);
    if (mode === 0) break;
    if (mode === 7) take(8); // the character set of what follows: ours is UTF-8
    else if (mode === 4) for (let count = take(wide ? 16 : 8); count > 0 && left() >= 8; count -= 1) bytes.push(take(8));
    else if (mode === 2) {
      let count = take(wide ? 11 : 9);
      for (; count > 1 && left() >= 11; count -= 2) put(((pair) => DIGITS[Math.floor(pair / 45)] + DIGITS[pair % 45])(take(11)));
      if (count === 1) put(DIGITS[take(6)] ?? "");
    } else if (mode === 1) {
      let count = take(wide ? 12 : 10);
      for (; count > 2 && left() >= 10; count -= 3) put(String(take(10)).padStart(3, "0"));
      if (count === 2) put(String(take(7)).padStart(2, "0"));
      if (count === 1) put(String(take(4)));
    } else return "";
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
};

// The text of the squares of a code, "" if they are none.
export const decode = (squares, version) => {
  if (version > LARGEST) return "";
  const side = version * 4 + 17;
  const format = formatOf(squares, side);
  if (!format) return "";
  const data = dataOf(codewords(squares, version, side, format.mask), version, format.level);
  return data ? textOf(data, version) : "";
};

export const read = (picture) => {
  for (const [version, squares] of squaresIn(picture)) {
    const text = decode(squares, version);
    if (text) return text;
  }
  return "";
};
