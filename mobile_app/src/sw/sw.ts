/// <reference lib="webworker" />
/** The service worker: stores the app on the phone, shows pushes, and sends what waits when the network is back. */
import { clientsClaim } from "workbox-core";
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { onNotificationClick, onPush } from "./push";
import { workerRooms } from "./rooms";

declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: { url: string; revision: string | null }[];

precacheAndRoute(__PRECACHE__);
cleanupOutdatedCaches();

// Every address of the app is the same page; the panel, the API, the demo's pages and the licences are not the app's.
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [/^\/(?:admin|api|demo|healthz|licences\.txt)(?:\/|$)/] }));

// Answers of the API are not cached here: the app stores copies itself and says how old they are (src/lib/query).

void self.skipWaiting();
clientsClaim();

self.addEventListener("push", onPush);
self.addEventListener("notificationclick", onNotificationClick);
// TypeScript does not know the event of Background Sync yet.
self.addEventListener("sync", (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
  const sync = workerRooms.find((room) => room.sync?.tag === tag)?.sync;
  if (sync) waitUntil.call(event, sync.run());
});
