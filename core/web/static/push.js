// Messages to this browser: asked for by a button, never by itself. Without it nothing is missing.
(() => {
  "use strict";

  const box = document.querySelector("[data-push]");
  if (!box) return;
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!able) {
    document.querySelector("[data-push-none]").hidden = false;
    return;
  }
  box.hidden = false;
  const button = box.querySelector("[data-push-on]");
  const word = box.querySelector("[data-push-word]");
  const say = (text) => {
    word.textContent = text;
  };

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const worker = async () => {
    const known = await navigator.serviceWorker.getRegistration("/");
    if (!known) await navigator.serviceWorker.register("/sw.js");
    return navigator.serviceWorker.ready;
  };

  // A subscription is tied to the key of whoever may send; one of another key is of no use any more.
  const subscribed = async (registration) => {
    const standing = await registration.pushManager.getSubscription();
    const theirs = standing?.options?.applicationServerKey;
    if (standing && theirs && text(theirs) === box.dataset.key) return standing;
    if (standing) await standing.unsubscribe();
    return registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(box.dataset.key),
    });
  };

  const hand = async (subscription) => {
    const given = new URLSearchParams({
      endpoint: subscription.endpoint,
      public: text(subscription.getKey("p256dh")),
      auth: text(subscription.getKey("auth")),
      csrf_token: document.querySelector("input[name=csrf_token]").value,
    });
    const answer = await fetch(box.dataset.url, { method: "POST", body: given, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
  };

  button.addEventListener("click", async () => {
    say("");
    if ((await Notification.requestPermission()) !== "granted") {
      say(box.dataset.denied);
      return;
    }
    try {
      await hand(await subscribed(await worker()));
      say(box.dataset.done);
    } catch {
      say(box.dataset.failed);
    }
  });
})();
