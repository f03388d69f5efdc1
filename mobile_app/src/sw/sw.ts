/// <reference lib="webworker" />
/** The service worker: keeps the app on the phone, keeps the last alerts readable offline, wakes on a push. */
import { clientsClaim } from "workbox-core";
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { SYNC_TAG, sendQueued } from "../tips/background";
import { onNotificationClick, onPush } from "./push";

declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: { url: string; revision: string | null }[];

precacheAndRoute(__PRECACHE__);
cleanupOutdatedCaches();

// Every address of the app is the same page; the panel, the API, the demo's pages and the licences are not the app's.
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [/^\/(?:admin|api|demo|healthz|licences\.txt)(?:\/|$)/] }));

// Answers of the API are not cached here: the app keeps copies itself and says how old they are (src/lib/query).

void self.skipWaiting();
clientsClaim();

self.addEventListener("push", onPush);
self.addEventListener("notificationclick", onNotificationClick);
// The network is back and a tip waits on the phone (Background Sync; TypeScript does not know the event yet).
self.addEventListener("sync", (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string };
  if (tag === SYNC_TAG) waitUntil.call(event, sendQueued());
});
