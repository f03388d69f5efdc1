/** Notifications on this phone: asking for them, the phone's push address, and telling the server about it. */
import { api, ask } from "./api";
import { config } from "./config.svelte";
import { language } from "./i18n.svelte";
import { place } from "./place.svelte";
import type { Schemas } from "./schemas";
import { session } from "./session.svelte";
import { withTimeout } from "./timeout";
import { uuid } from "./uuid";

export type PushAddress = Schemas["PushAddressIn"];

/**
 * "on": this phone gets notifications · "off": not asked for, or switched off here · "denied": the browser was told no ·
 * "unsupported": this browser cannot.
 */
export type PushState = "on" | "off" | "denied" | "unsupported";

/** Why notifications could not be switched on. */
export class PushFailed extends Error {}

const WANTED_KEY = "notifications";
const CONSOLE_KEY = "console-device";
const TOLD_KEY = "told-device";
const TOLD_AT_KEY = "told-device-at";
/** a sign of life, so that the server does not take the phone for gone */
const TELL_AGAIN_MS = 3 * 86_400_000;
/** Neither the worker nor the browser's push service has to answer: without internet they stay silent for minutes. */
const TIMEOUT_MS = 6000;

const inBrowser = typeof window !== "undefined";
const canPush = inBrowser && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

let wanted = $state(inBrowser && localStorage.getItem(WANTED_KEY) === "on");
let permission = $state<NotificationPermission>(canPush ? Notification.permission : "denied");

const isDemo = (): boolean => config.value?.demo ?? false;

function want(on: boolean): void {
  wanted = on;
  localStorage.setItem(WANTED_KEY, on ? "on" : "off");
}

export const push = {
  get state(): PushState {
    if (!canPush) return isDemo() ? (wanted ? "on" : "off") : "unsupported";
    if (permission === "denied") return "denied";
    return wanted ? "on" : "off";
  },
  /** The reader has answered the question once, either way, or the browser cannot ask it. */
  get asked(): boolean {
    return this.state === "unsupported" || this.state === "denied" || (inBrowser && localStorage.getItem(WANTED_KEY) !== null);
  },
  /** Look again at what the browser allows: people change it in its settings. */
  look(): void {
    if (canPush) permission = Notification.permission;
  },
  /** "Not now" is an answer too. */
  decline(): void {
    want(false);
  },
};

function keyBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

async function currentSubscription(): Promise<PushSubscription | null> {
  if (!canPush) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

function webAddress(subscription: PushSubscription): PushAddress {
  const { endpoint, keys } = subscription.toJSON();
  if (!endpoint || !keys?.p256dh || !keys.auth) throw new PushFailed("subscription without keys");
  return { kind: "webpush", subscription: { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }, language: language.current };
}

function consoleAddress(): PushAddress {
  const token = localStorage.getItem(CONSOLE_KEY) ?? uuid();
  localStorage.setItem(CONSOLE_KEY, token);
  return { kind: "console", token, language: language.current };
}

async function subscribe(): Promise<PushAddress> {
  const key = config.value?.vapid_public_key;
  if (canPush && key && permission === "granted") {
    try {
      const { pushManager } = await withTimeout(TIMEOUT_MS, () => navigator.serviceWorker.ready);
      const options = { userVisibleOnly: true, applicationServerKey: keyBytes(key) };
      return webAddress((await pushManager.getSubscription()) ?? (await withTimeout(TIMEOUT_MS, () => pushManager.subscribe(options))));
    } catch (cause) {
      if (!isDemo()) throw new PushFailed("the browser's push service did not answer", { cause });
    }
  }
  if (!isDemo()) throw new PushFailed("no push here");
  return consoleAddress(); // the demo's own page shows what would have been pushed
}

/** Where this phone can be reached now, for a tip's answers; null when notifications are off. */
export async function pushAddress(): Promise<PushAddress | null> {
  await config.load();
  if (push.state !== "on") return null;
  const subscription = await currentSubscription();
  if (subscription) return webAddress(subscription);
  return isDemo() ? consoleAddress() : null;
}

/** Tell the server where this phone is reached; not again on every start when nothing has changed for days. */
async function tellServer(address: PushAddress): Promise<void> {
  if (!place.ward) return;
  const body = { ...address, ward_code: place.ward.code, area_id: place.area?.id ?? null, platform: "web" };
  const told = JSON.stringify([body, session.signedIn]);
  const last = localStorage.getItem(TOLD_KEY);
  const lastAt = Number(localStorage.getItem(TOLD_AT_KEY) ?? 0);
  if (last === told && Date.now() - lastAt < TELL_AGAIN_MS) return;
  await ask(api.PUT("/me/devices", { body }));
  localStorage.setItem(TOLD_KEY, told);
  localStorage.setItem(TOLD_AT_KEY, String(Date.now()));
}

/**
 * Ask the browser, subscribe and tell the server. Call from a press of a button: browsers ask only then.
 * @throws PushFailed when the browser gives no address; Refused or Unreachable from the server.
 */
export async function turnOn(): Promise<PushState> {
  await config.load();
  if (canPush) permission = await Notification.requestPermission();
  if (canPush && permission !== "granted") return push.state;
  await tellServer(await subscribe());
  want(true);
  return push.state;
}

/**
 * An address for the answers to one tip only: the ward's alerts are not switched on by it. Call from a press of a button.
 * @returns null when the browser was told no. @throws PushFailed when the browser gives no address.
 */
export async function tipAddress(): Promise<PushAddress | null> {
  await config.load();
  if (canPush) permission = await Notification.requestPermission();
  return canPush && permission !== "granted" ? null : subscribe();
}

/** No more pushes to this phone, said to the server and to the browser. */
export async function turnOff(): Promise<void> {
  const subscription = await currentSubscription();
  const token = localStorage.getItem(CONSOLE_KEY);
  if (subscription) await ask(api.DELETE("/me/devices", { body: { kind: "webpush", endpoint: subscription.endpoint } }));
  else if (token) await ask(api.DELETE("/me/devices", { body: { kind: "console", token } }));
  await subscription?.unsubscribe();
  localStorage.removeItem(TOLD_KEY);
  want(false);
}

/** The ward, the group, the language or the account changed: the server must know the address under the new one. */
export async function updateDevice(): Promise<void> {
  try {
    const address = await pushAddress();
    if (address) await tellServer(address);
  } catch {
    // told again at the next start; alerts are also pulled while the app is open
  }
}
