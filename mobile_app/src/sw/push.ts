/// <reference lib="webworker" />
/** A push arrives: show it, tell open pages to look again, and let the features do their part. */
import { readFact } from "../lib/db";
import type { PushedMessage } from "../lib/pushed-message";
import { workerRooms } from "./rooms";

declare const self: ServiceWorkerGlobalScope;

/** The payload as notifications/ writes it. A push about a tip never says more than "you have an update". */
interface Payload {
  title: string;
  body: string;
  url: string;
  tag: string;
  kind: string;
}

export function onPush(event: PushEvent): void {
  event.waitUntil(receive(event.data));
}

export function onNotificationClick(event: NotificationEvent): void {
  event.notification.close();
  const data = event.notification.data as { path?: string } | undefined;
  event.waitUntil(openPage(data?.path ?? "/"));
}

async function receive(data: PushMessageData | null): Promise<void> {
  const payload = await readPayload(data);
  const path = ownPath(payload.url);
  const options: NotificationOptions & { renotify: boolean } = {
    body: payload.body,
    tag: payload.tag,
    renotify: true, // an all-clear takes the place of its alert, and must be heard
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    data: { path },
  };
  await self.registration.showNotification(payload.title, options);
  await tellPages({ type: "pushed", kind: payload.kind, url: path });
  await Promise.all(workerRooms.map((room) => room.onPush?.(path)));
}

async function readPayload(data: PushMessageData | null): Promise<Payload> {
  const vietnamese = (await readFact("language")) !== "en";
  const fallback: Payload = {
    title: "Bình Yên",
    body: vietnamese ? "Có tin mới. Bấm để xem." : "Something new. Tap to see.",
    url: "/",
    tag: "news",
    kind: "news",
  };
  try {
    const read: unknown = data?.json();
    return typeof read === "object" && read !== null ? { ...fallback, ...(read as Partial<Payload>) } : fallback;
  } catch {
    return fallback; // without a notification of ours the browser would show one in its own words
  }
}

/** Only paths of our own app: a payload cannot lead the reader elsewhere. */
function ownPath(url: string): string {
  const address = new URL(url, self.location.origin);
  return address.origin === self.location.origin ? address.pathname + address.search : "/";
}

async function tellPages(message: PushedMessage): Promise<void> {
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage(message);
}

/** In an open page of the app, or in a new one. */
async function openPage(path: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window" });
  for (const page of pages) {
    if (new URL(page.url).pathname.startsWith("/admin")) continue;
    await page.focus();
    await page.navigate(path);
    return;
  }
  await self.clients.openWindow(path);
}
