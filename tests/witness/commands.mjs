// What the foreign node can be told to do; every answer is plain JSON.

import { parseNodeInfo } from "@fedify/fedify/nodeinfo";
import { signRequest, verifyObject } from "@fedify/fedify/sig";
import * as vocab from "@fedify/vocab";
import { getDocumentLoader } from "@fedify/vocab-runtime";
import { lookupWebFinger } from "@fedify/webfinger";

import { KINDS, NAME } from "./node.mjs";

const HERE = { allowPrivateAddress: true };
const TYPE = "application/activity+json";

// What is offered, as far as Fedify's classes for FEP-0837 understand it.
function offered(found) {
  const amount = (measure) => measure && [`${measure.numericalValue}`, measure.unit];
  return {
    type: found.constructor.name,
    name: found.name?.toString(),
    seller: found.attributionId?.href,
    purpose: found.purpose,
    available: amount(found.publishes?.availableQuantity),
    price: amount(found.reciprocal?.resourceQuantity),
  };
}

export class Commands {
  constructor(given) {
    Object.assign(this, given);
    this.context = this.federation.createContext(new URL(this.address), undefined);
    this.sent = 0;
  }

  async actor() {
    return this.context.getActorUri(NAME).href;
  }

  // Finding

  async finger({ resource }) {
    return await lookupWebFinger(resource, HERE);
  }

  // Fedify asks no address of this machine for it (CVE-2026-62857), so only its reading is tried.
  async nodeinfo({ url }) {
    const { links } = await (await fetch(`${url}/.well-known/nodeinfo`)).json();
    const link = links.find((each) => each.rel === "http://nodeinfo.diaspora.software/ns/schema/2.1");
    return parseNodeInfo(await (await fetch(link.href)).json());
  }

  // An actor as Fedify's own classes see it; null where they do not understand it.
  async look({ url }) {
    const found = await this.context.lookupObject(url, { documentLoader: await this.#loader() });
    if (found == null) return null;
    const keys = [];
    for await (const key of found.getPublicKeys?.() ?? []) keys.push(this.#key(key, key.ownerId));
    for await (const key of found.getAssertionMethods?.() ?? []) {
      keys.push(this.#key(key, key.controllerId));
    }
    return {
      type: found.constructor.name,
      id: found.id?.href,
      name: found.name?.toString(),
      handle: found.preferredUsername?.toString(),
      inbox: found.inboxId?.href,
      outbox: found.outboxId?.href,
      followers: found.followersId?.href,
      shared: found.endpoints?.sharedInbox?.href,
      by_hand: found.manuallyApprovesFollowers,
      words: found.summary?.toString(),
      belongs_to: found.attributionIds.map((each) => each.href),
      keys,
    };
  }

  #key(key, owner) {
    return { id: key.id?.href, owner: owner?.href, algorithm: key.publicKey?.algorithm.name };
  }

  async #loader(alone = false) {
    return alone ? getDocumentLoader(HERE) : await this.context.getDocumentLoader({ identifier: NAME });
  }

  // Reading

  async read({ url, signed }) {
    try {
      return (await (await this.#loader(!signed))(url)).document;
    } catch (error) {
      return { refused: error.response?.status ?? String(error) };
    }
  }

  // A collection to its end, page by page: whose page it is, and what is offered on it.
  async pages({ url }) {
    const collection = await this.context.lookupObject(url);
    const here = { documentLoader: getDocumentLoader(HERE), contextLoader: getDocumentLoader(HERE) };
    const pages = [];
    for (let page = await collection.getFirst(here); page; page = await page.getNext(here)) {
      const items = [];
      for await (const each of page.getItems(here)) items.push(offered(each));
      pages.push({ of: page.partOfId?.href, total: page.totalItems, items });
    }
    return pages;
  }

  // A public thing as Fedify's own classes see it.
  async thing({ url }) {
    const found = await this.context.lookupObject(url);
    if (found == null) return null;
    const here = { documentLoader: getDocumentLoader(HERE), contextLoader: getDocumentLoader(HERE) };
    const tags = [];
    for await (const each of found.getTags(here)) tags.push([each.constructor.name, each.name?.toString()]);
    const pictures = [];
    for await (const each of found.getAttachments(here)) {
      pictures.push([each.constructor.name, each.url?.href, each.name?.toString(), each.mediaType]);
    }
    return {
      type: found.constructor.name,
      id: found.id?.href,
      by: found.attributionId?.href,
      name: found.name?.toString(),
      words: found.content?.toString(),
      languages: found.contents.filter((each) => each.locale).map((each) => each.locale.toString()),
      to: found.toIds.map((each) => each.href),
      cc: found.ccIds.map((each) => each.href),
      starts: found.startTime?.toString(),
      place: (await found.getLocation(here))?.name?.toString(),
      tags,
      pictures,
    };
  }

  // An outbox, page by page: which activities of which things.
  async outbox({ url }) {
    const here = { documentLoader: getDocumentLoader(HERE), contextLoader: getDocumentLoader(HERE) };
    const collection = await this.context.lookupObject(url);
    const said = [];
    for (let page = await collection.getFirst(here); page; page = await page.getNext(here)) {
      for await (const each of page.getItems(here)) {
        said.push([each.constructor.name, each.actorId?.href, (await each.getObject(here))?.name?.toString()]);
      }
    }
    return { total: collection.totalItems, said };
  }

  async proven({ document }) {
    return (await verifyObject(vocab.Activity, document, { documentLoader: await this.#loader(true) })) != null;
  }

  // Writing: as applications do it, or in one form of signature and with something amiss.

  async send({ type, object, to, inbox, everyone }) {
    const activity = await this.#activity(type, object, to, everyone);
    const recipient = { id: new URL(to), inboxId: new URL(inbox) };
    await this.context.sendActivity({ identifier: NAME }, recipient, activity);
    return activity.id.href;
  }

  async post({ type, object, to, inbox, form, amiss }) {
    const activity = await this.#activity(type, object, to);
    const [rsa] = await this.context.getActorKeyPairs(NAME);
    let body = JSON.stringify(await activity.toJsonLd({ format: "compact" }));
    const headers = { "content-type": TYPE };
    const plain = new Request(inbox, { method: "POST", headers, body });
    const owner = amiss === "key" ? `${this.address}/nodes/other#main-key` : rsa.keyId.href;
    const request = await signRequest(plain, rsa.privateKey, new URL(owner), { spec: KINDS[form] });
    if (amiss === "body") body = body.replace(activity.id.href, `${activity.id.href}0`);
    const answer = await fetch(inbox, { method: "POST", headers: request.headers, body });
    return { id: activity.id.href, status: answer.status, told: await answer.text() };
  }

  async #activity(type, object, to, everyone = false) {
    this.sent += 1;
    return new vocab[type]({
      id: new URL(`${this.address}/activities/${this.sent}`),
      actor: this.context.getActorUri(NAME),
      object: object == null ? null : await this.#thing(object),
      tos: [new URL(to), ...(everyone ? [vocab.PUBLIC_COLLECTION] : [])],
    });
  }

  async #thing(object) {
    if (typeof object === "string") return new URL(object);
    return await vocab.Object.fromJsonLd(object, { documentLoader: await this.#loader(true) });
  }

  // What came in: by the inbox, and what the signature alone was found to be

  async inbox() {
    return { heard: this.heard.splice(0), requests: this.said.splice(0) };
  }

  async refuse({ form }) {
    this.refused.clear();
    if (form) this.refused.add(form);
  }
}
