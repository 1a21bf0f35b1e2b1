// A foreign node by Fedify: one actor, its keys, and an inbox that remembers what it verified.

import { createFederation, MemoryKvStore } from "@fedify/fedify";
import { exportJwk, generateCryptoKeyPair, importJwk, verifyRequestDetailed } from "@fedify/fedify/sig";
import { Activity, Application, Endpoints } from "@fedify/vocab";
import { getDocumentLoader } from "@fedify/vocab-runtime";

export const NAME = "fig";
export const KINDS = { cavage: "draft-cavage-http-signatures-12", rfc9421: "rfc9421" };

// Keys are handed to Fedify as an application would keep them: written down and read again.
async function pair(algorithm) {
  const made = await generateCryptoKeyPair(algorithm);
  return {
    privateKey: await importJwk(await exportJwk(made.privateKey), "private"),
    publicKey: await importJwk(await exportJwk(made.publicKey), "public"),
  };
}

export async function makeNode() {
  const heard = [];
  const pairs = [await pair("RSASSA-PKCS1-v1_5"), await pair("Ed25519")];
  const federation = createFederation({
    kv: new MemoryKvStore(),
    allowPrivateAddress: true, // the nodes of a test are on this machine
    signatureTimeWindow: { minutes: 5 },
  });
  federation
    .setActorDispatcher("/nodes/{identifier}", async (ctx, identifier) => {
      if (identifier !== NAME) return null;
      const keys = await ctx.getActorKeyPairs(identifier);
      return new Application({
        id: ctx.getActorUri(identifier),
        preferredUsername: identifier,
        name: "Fig by Fedify",
        inbox: ctx.getInboxUri(identifier),
        endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
        publicKey: keys[0].cryptographicKey,
        assertionMethods: keys.map((each) => each.multikey),
      });
    })
    .mapHandle(() => NAME) // "acct:host@host" is the node as well
    .setKeyPairsDispatcher((_, identifier) => (identifier === NAME ? pairs : []));
  federation.setNodeInfoDispatcher("/nodeinfo/2.1", () => ({
    software: { name: "fig", version: "2.3.6" },
    protocols: ["activitypub"],
    usage: { users: { total: 1 }, localPosts: 0, localComments: 0 },
  }));
  federation
    .setInboxListeners("/nodes/{identifier}/inbox", "/inbox")
    .on(Activity, async (_, activity) => {
      heard.push({
        type: activity.constructor.name,
        id: activity.id?.href,
        actor: activity.actorId?.href,
        object: activity.objectId?.href,
      });
    });
  return { federation, heard, pairs };
}

// What Fedify thinks of a request's signature alone: its inbox would be content with a proof.
export async function judged(request) {
  const loader = getDocumentLoader({ allowPrivateAddress: true });
  const found = await verifyRequestDetailed(request, {
    documentLoader: loader,
    contextLoader: loader,
    timeWindow: { minutes: 5 },
  });
  return {
    form: request.headers.has("signature-input") ? "rfc9421" : "cavage",
    verified: found.verified,
    key: found.verified ? found.key.id.href : null,
    algorithm: found.verified ? found.key.publicKey.algorithm.name : null,
    reason: found.verified ? null : found.reason.type,
  };
}
