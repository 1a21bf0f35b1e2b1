// The part of the service worker that shows messages: a title, and where it leads.
"use strict";

self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data ? event.data.json() : {};
  } catch {
    return;
  }
  if (!told.title) return;
  const url = told.url || "/me/notices";
  event.waitUntil(
    self.registration.showNotification(told.title, { tag: url, data: { url } }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { origin } = self.location;
  const url = new URL(event.notification.data?.url || "/", origin);
  if (url.origin !== origin) return;
  const shown = async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const standing = open.find((client) => client.url === url.href);
    return standing ? standing.focus() : self.clients.openWindow(url.href);
  };
  event.waitUntil(shown());
});
