// A foreign node that does as it is told: a command a line comes in, an answer a line goes out.
// It ends when nobody speaks to it any more.

import { createServer } from "node:http";
import { createInterface } from "node:readline";

import { Commands } from "./commands.mjs";
import { judged, makeNode } from "./node.mjs";

const said = [];
const refused = new Set();
const { federation, heard, pairs } = await makeNode();

async function asked(incoming) {
  const parts = [];
  for await (const part of incoming) parts.push(part);
  const body = ["GET", "HEAD"].includes(incoming.method) ? undefined : Buffer.concat(parts);
  const url = `http://${incoming.headers.host}${incoming.url}`;
  return new Request(url, { method: incoming.method, headers: incoming.headers, body });
}

async function answered(request) {
  if (request.method === "POST") {
    const judgement = await judged(request.clone());
    said.push({ ...judgement, body: await request.clone().json() });
    if (refused.has(judgement.form)) return new Response("not this form", { status: 401 });
  }
  return await federation.fetch(request, {
    contextData: undefined,
    onNotFound: () => new Response("not found", { status: 404 }),
    onNotAcceptable: () => new Response("not acceptable", { status: 406 }),
  });
}

const server = createServer(async (incoming, outgoing) => {
  try {
    const answer = await answered(await asked(incoming));
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    outgoing.writeHead(500).end(String(error));
  }
});

await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${server.address().port}`;
const commands = new Commands({ federation, address, heard, said, refused, pairs });
console.log(JSON.stringify({ address, actor: await commands.actor() }));

for await (const line of createInterface({ input: process.stdin })) {
  const { name, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { done: (await commands[name](given)) ?? null };
  } catch (error) {
    answer = { failed: `${error?.stack ?? error}` };
  }
  console.log(JSON.stringify(answer));
}
process.exit(0);
