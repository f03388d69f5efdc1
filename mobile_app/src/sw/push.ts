/// <reference lib="webworker" />
/** A push arrives: show it, tell the ward it came, and tell open pages to look again. */
import { alertCopyKey } from "../alerts/copies";
import { saveCopy, readFact } from "../lib/db";
import { withTimeout } from "../lib/timeout";

declare const self: ServiceWorkerGlobalScope;

/** The payload as notifications/ writes it. A push about a tip never says more than "you have an update". */
interface Pushed {
  title: string;
  body: string;
  url: string;
  tag: string;
  kind: string;
}

interface PageNotice {
  type: "pushed";
  kind: string;
  url: string;
}

const TIMEOUT_MS = 20_000;
const ALERT_PATH = /^\/canh-bao\/([0-9a-f-]{36})$/;

async function readPush(data: PushMessageData | null): Promise<Pushed> {
  const vietnamese = (await readFact("language")) !== "en";
  const fallback: Pushed = {
    title: "Bình Yên",
    body: vietnamese ? "Có tin mới. Bấm để xem." : "Something new. Tap to see.",
    url: "/",
    tag: "news",
    kind: "news",
  };
  try {
    const read: unknown = data?.json();
    return typeof read === "object" && read !== null ? { ...fallback, ...(read as Partial<Pushed>) } : fallback;
  } catch {
    return fallback; // a payload we cannot read must still show something, or the browser shows its own words
  }
}

/** Only paths of our own app: a payload cannot lead the reader elsewhere. */
function ownPath(url: string): string {
  const address = new URL(url, self.location.origin);
  return address.origin === self.location.origin ? address.pathname + address.search : "/";
}

const request = (address: string, init: RequestInit = {}): Promise<Response> =>
  withTimeout(TIMEOUT_MS, (signal) => fetch(address, { ...init, signal }));

/** Keep the alert, so that the tap on the notification opens it even without a network. */
async function keepAlert(alert: string): Promise<void> {
  try {
    const answer = await request(`/api/v1/alerts/${alert}`);
    if (answer.ok) await saveCopy(alertCopyKey(alert), await answer.json());
  } catch {
    // opened from the network then
  }
}

async function confirmReceived(alert: string): Promise<void> {
  const reader = await readFact("reader");
  if (!reader) return;
  await request(`/api/v1/alerts/${alert}/receipts`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ event: "received", reader }),
  }).catch(() => undefined); // the count is missed, the alert is not
}

async function tellPages(notice: PageNotice): Promise<void> {
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage(notice);
}

async function receive(data: PushMessageData | null): Promise<void> {
  const pushed = await readPush(data);
  const path = ownPath(pushed.url);
  const options: NotificationOptions & { renotify: boolean } = {
    body: pushed.body,
    tag: pushed.tag,
    renotify: true, // an all-clear takes the place of its alert, and must be heard
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    data: { path },
  };
  await self.registration.showNotification(pushed.title, options);
  await tellPages({ type: "pushed", kind: pushed.kind, url: path });
  const alert = ALERT_PATH.exec(path)?.[1];
  if (alert) await Promise.all([keepAlert(alert), confirmReceived(alert)]);
}

export function onPush(event: PushEvent): void {
  event.waitUntil(receive(event.data));
}

async function show(path: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window" });
  for (const page of pages) {
    if (new URL(page.url).pathname.startsWith("/admin")) continue;
    await page.focus();
    await page.navigate(path);
    return;
  }
  await self.clients.openWindow(path);
}

export function onNotificationClick(event: NotificationEvent): void {
  event.notification.close();
  const data = event.notification.data as { path?: string } | undefined;
  event.waitUntil(show(data?.path ?? "/"));
}
