// Finds QR codes in a picture and reads their squares: where it is dark, where three corners lie,
// and how they are seen from the side. Pure.

// --- Light and dark -------------------------------------------------------------------------

const BLOCK = 8; // pixels of a square over which light is averaged

// One byte a pixel, 1 for dark: compared with the light of five by five blocks around it, since a
// label in a box lies half in the shade.
const darkness = ({ data, width, height }) => {
  const across = Math.ceil(width / BLOCK);
  const down = Math.ceil(height / BLOCK);
  const grey = new Uint8Array(width * height);
  const sums = new Float64Array(across * down);
  const least = new Uint8Array(across * down).fill(255);
  const most = new Uint8Array(across * down);
  const counts = new Uint32Array(across * down);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const light = (data[at * 4] * 77 + data[at * 4 + 1] * 150 + data[at * 4 + 2] * 29) >> 8;
      const block = (y >> 3) * across + (x >> 3);
      grey[at] = light;
      sums[block] += light;
      counts[block] += 1;
      if (light < least[block]) least[block] = light;
      if (light > most[block]) most[block] = light;
    }
  }
  // A block of one shade says nothing about where light ends: paper is taken for light.
  const levels = sums.map((sum, at) => (most[at] - least[at] > 24 ? sum / counts[at] : least[at] / 2));
  const dark = new Uint8Array(width * height);
  for (let by = 0; by < down; by += 1) {
    for (let bx = 0; bx < across; bx += 1) {
      const level = around(levels, across, down, bx, by);
      for (let y = by * BLOCK; y < Math.min(height, (by + 1) * BLOCK); y += 1) {
        for (let x = bx * BLOCK; x < Math.min(width, (bx + 1) * BLOCK); x += 1) {
          dark[y * width + x] = grey[y * width + x] <= level ? 1 : 0;
        }
      }
    }
  }
  return { dark, width, height };
};

const around = (levels, across, down, bx, by) => {
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, by - 2); y <= Math.min(down - 1, by + 2); y += 1) {
    for (let x = Math.max(0, bx - 2); x <= Math.min(across - 1, bx + 2); x += 1) {
      sum += levels[y * across + x];
      count += 1;
    }
  }
  return sum / count;
};

// --- The three corners -----------------------------------------------------------------------

const isDark = (image, x, y) =>
  x >= 0 && y >= 0 && x < image.width && y < image.height && image.dark[Math.floor(y) * image.width + Math.floor(x)] === 1;

// Whether five runs are dark, light, dark, light, dark as 1:1:3:1:1; the size of one, 0 if not.
const moduleOf = (runs) => {
  const size = runs.reduce((all, run) => all + run, 0) / 7;
  if (size < 1) return 0;
  const fits = [1, 1, 3, 1, 1].every((parts, at) => Math.abs(runs[at] - parts * size) < parts * size * 0.6 + 0.4);
  return fits ? size : 0;
};

// The runs through a dark place along one direction, and where the middle of them lies.
const through = (image, x, y, dx, dy, longest) => {
  const runs = [0, 0, 0, 0, 0];
  const walk = (sign) => {
    let [px, py, steps] = [x, y, 0];
    for (const place of sign < 0 ? [2, 1, 0] : [2, 3, 4]) {
      const wanted = place % 2 === 0;
      while (isDark(image, px, py) === wanted && steps <= longest) {
        if (px < 0 || py < 0 || px >= image.width || py >= image.height) return steps;
        if (sign < 0 || px !== x || py !== y) runs[place] += 1;
        px += sign * dx;
        py += sign * dy;
        steps += 1;
      }
    }
    return steps;
  };
  const before = walk(-1);
  const after = walk(1);
  const middle = (after - before + 1) / 2;
  return { size: moduleOf(runs), x: x + middle * dx, y: y + middle * dy };
};

const corners = (image) => {
  const found = [];
  for (let y = 1; y < image.height; y += 2) {
    const runs = [0, 0, 0, 0, 0];
    let last = 0;
    for (let x = 0; x <= image.width; x += 1) {
      const now = x < image.width ? image.dark[y * image.width + x] : 1 - last;
      if (now === last) {
        runs[4] += 1;
        continue;
      }
      const size = last ? moduleOf(runs) : 0;
      if (size) note(image, found, x - runs[4] - runs[3] - runs[2] / 2, y, size);
      runs.shift();
      runs.push(1);
      last = now;
    }
  }
  return found.filter(({ seen }) => seen > 1).sort((one, other) => other.seen - one.seen).slice(0, 12);
};

const note = (image, found, x, y, size) => {
  const down = through(image, Math.floor(x), y, 0, 1, size * 8);
  if (!down.size) return;
  const across = through(image, Math.floor(x), Math.floor(down.y), 1, 0, size * 8);
  if (!across.size || Math.abs(across.size - down.size) > Math.max(across.size, down.size) * 0.5) return;
  const here = { x: across.x, y: down.y, size: (across.size + down.size) / 2, seen: 1 };
  const known = found.find((each) => Math.hypot(each.x - here.x, each.y - here.y) < here.size * 3);
  if (!known) {
    found.push(here);
    return;
  }
  for (const name of ["x", "y", "size"]) known[name] = (known[name] * known.seen + here[name]) / (known.seen + 1);
  known.seen += 1;
};

const far = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

// Three corners in their places: the one at the right angle first, then those beside and below it.
const arranged = (three) => {
  const [a, b, c] = three;
  const longest = Math.max(far(a, b), far(a, c), far(b, c));
  const [top, one, other] = longest === far(b, c) ? [a, b, c] : longest === far(a, c) ? [b, a, c] : [c, a, b];
  const turn = (one.x - top.x) * (other.y - top.y) - (one.y - top.y) * (other.x - top.x);
  return turn > 0 ? [top, one, other] : [top, other, one];
};

const likely = ([top, right, below]) => {
  const [across, down] = [far(top, right), far(top, below)];
  const sizes = [top.size, right.size, below.size];
  const square = Math.abs(across - down) < Math.max(across, down) * 0.35;
  const cosine = ((right.x - top.x) * (below.x - top.x) + (right.y - top.y) * (below.y - top.y)) / (across * down);
  return square && Math.abs(cosine) < 0.35 && Math.max(...sizes) < Math.min(...sizes) * 1.6;
};

function* triples(found) {
  for (let a = 0; a < found.length; a += 1)
    for (let b = a + 1; b < found.length; b += 1)
      for (let c = b + 1; c < found.length; c += 1) {
        const three = arranged([found[a], found[b], found[c]]);
        if (likely(three)) yield three;
      }
}

// --- From the picture to the squares -----------------------------------------------------------

// The way from the unit square to four points, as a perspective: [a b c; d e f; g h 1].
const toQuad = ([p0, p1, p2, p3]) => {
  const [dx1, dy1] = [p1.x - p2.x, p1.y - p2.y];
  const [dx2, dy2] = [p3.x - p2.x, p3.y - p2.y];
  const [sx, sy] = [p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y];
  const all = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / all;
  const h = (dx1 * sy - sx * dy1) / all;
  return { a: p1.x - p0.x + g * p1.x, b: p3.x - p0.x + h * p3.x, c: p0.x, d: p1.y - p0.y + g * p1.y, e: p3.y - p0.y + h * p3.y, f: p0.y, g, h };
};

const placed = ({ a, b, c, d, e, f, g, h }, u, v) => {
  const w = g * u + h * v + 1;
  return { x: (a * u + b * v + c) / w, y: (d * u + e * v + f) / w };
};

// The small square near the fourth corner tells how the label is bent away from the camera.
const alignment = (image, guess, size) => {
  let best = null;
  const reach = Math.ceil(size * 5);
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const [x, y] = [guess.x + dx, guess.y + dy];
      let wrong = 0;
      for (let v = -2; v <= 2 && wrong < 4; v += 1)
        for (let u = -2; u <= 2; u += 1) {
          const wanted = Math.max(Math.abs(u), Math.abs(v)) !== 1;
          if (isDark(image, x + u * size, y + v * size) !== wanted) wrong += 1;
        }
      const distance = Math.hypot(dx, dy);
      if (wrong < 4 && (!best || wrong < best.wrong || (wrong === best.wrong && distance < best.distance))) {
        best = { x, y, wrong, distance, sum: null };
      }
    }
  }
  return best;
};

const grid = (image, [top, right, below], side, bent) => {
  const span = side - 7;
  const fourth = bent ?? { x: right.x + below.x - top.x, y: right.y + below.y - top.y };
  // With the small square the fourth point lies three squares further in than the corners' middles.
  const inner = bent ? (span - 3) / span : 1;
  const way = bent ? bentWay(top, right, below, fourth, inner) : toQuad([top, right, fourth, below]);
  const squares = new Uint8Array(side * side);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const { x, y } = placed(way, (column - 3) / span, (row - 3) / span);
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) return null;
      squares[row * side + column] = isDark(image, x, y) ? 1 : 0;
    }
  }
  return squares;
};

// A perspective through (0,0), (1,0), (0,1) and (inner,inner): solved for the two bends g and h.
const bentWay = (top, right, below, fourth, k) => {
  const [x0, y0] = [top.x, top.y];
  // a = x1(1+g) - x0, b = x2(1+h) - x0, likewise for y; two equations at (k,k) give g and h.
  const one = [k * (right.x - fourth.x), k * (below.x - fourth.x), fourth.x - x0 - k * (right.x - x0) - k * (below.x - x0)];
  const two = [k * (right.y - fourth.y), k * (below.y - fourth.y), fourth.y - y0 - k * (right.y - y0) - k * (below.y - y0)];
  const all = one[0] * two[1] - one[1] * two[0];
  const g = (one[2] * two[1] - one[1] * two[2]) / all;
  const h = (one[0] * two[2] - one[2] * two[0]) / all;
  return { a: right.x * (1 + g) - x0, b: below.x * (1 + h) - x0, c: x0, d: right.y * (1 + g) - y0, e: below.y * (1 + h) - y0, f: y0, g, h };
};

const candidates = function* (image, three) {
  const [top, right, below] = three;
  const size = (top.size + right.size + below.size) / 3;
  const guessed = Math.round((((far(top, right) + far(top, below)) / 2 / size + 7 - 17) / 4));
  for (const version of [guessed, guessed - 1, guessed + 1, guessed + 2]) {
    if (version < 1 || version > 40) continue;
    const side = version * 4 + 17;
    if (version > 1) {
      const inner = (side - 10) / (side - 7);
      const guess = { x: top.x + inner * (right.x + below.x - 2 * top.x), y: top.y + inner * (right.y + below.y - 2 * top.y) };
      const bent = alignment(image, guess, (far(top, right) + far(top, below)) / 2 / (side - 7));
      if (bent) yield [version, grid(image, three, side, bent)];
    }
    yield [version, grid(image, three, side, null)];
  }
};

// The squares that a picture may hold, each with the version of the code; the likeliest come first.
export function* squaresIn(picture) {
  const image = darkness(picture);
  for (const three of triples(corners(image))) {
    for (const [version, squares] of candidates(image, three)) if (squares) yield [version, squares];
  }
}
