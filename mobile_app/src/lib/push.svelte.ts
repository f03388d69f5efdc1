/** Notifications on this phone: the permission, the phone's push address, and telling the server about it. */
import { api, unwrap } from "./api";
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
const REGISTERED_KEY = "told-device";
const REGISTERED_AT_KEY = "told-device-at";
/** After this time the same registration is sent again, so that the server does not take the phone for gone. */
const REGISTER_AGAIN_MS = 3 * 86_400_000;
/** Without internet the worker and the browser's push service stay silent for minutes. */
const TIMEOUT_MS = 6000;

const inBrowser = typeof window !== "undefined";
const canPush = inBrowser && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

let wanted = $state(inBrowser && localStorage.getItem(WANTED_KEY) === "on");
let permission = $state<NotificationPermission>(canPush ? Notification.permission : "denied");

const isDemo = (): boolean => config.value?.demo ?? false;

function saveWanted(on: boolean): void {
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
  /** Read the browser's permission again: people change it in its settings. */
  readPermission(): void {
    if (canPush) permission = Notification.permission;
  },
  /** "Not now" is an answer too. */
  decline(): void {
    saveWanted(false);
  },
};

/**
 * Ask the browser, subscribe and register the address with the server. Call from a press of a button: browsers ask only then.
 * @throws PushFailed when the browser gives no address; ApiError or NetworkError from the server.
 */
export async function enablePush(): Promise<PushState> {
  const address = await requestPushAddress();
  if (!address) return push.state;
  await registerDevice(address);
  saveWanted(true);
  return push.state;
}

/** No more pushes to this phone; the server and the browser are told. */
export async function disablePush(): Promise<void> {
  const subscription = await currentSubscription();
  const token = localStorage.getItem(CONSOLE_KEY);
  if (subscription) await unwrap(api.DELETE("/me/devices", { body: { kind: "webpush", endpoint: subscription.endpoint } }));
  else if (token) await unwrap(api.DELETE("/me/devices", { body: { kind: "console", token } }));
  await subscription?.unsubscribe();
  localStorage.removeItem(REGISTERED_KEY);
  saveWanted(false);
}

/**
 * An address for one purpose only, e.g. the answers to one tip: the ward's alerts are not switched on by it. Call from a
 * press of a button.
 * @returns null when the browser was told no. @throws PushFailed when the browser gives no address.
 */
export async function requestPushAddress(): Promise<PushAddress | null> {
  await config.load();
  if (canPush) permission = await Notification.requestPermission();
  return canPush && permission !== "granted" ? null : subscribe();
}

/** Register again: the ward, the group, the language or the account has changed. */
export async function updateDevice(): Promise<void> {
  try {
    const address = await currentAddress();
    if (address) await registerDevice(address);
  } catch {
    // sent again at the next start; alerts are also polled while the app is open
  }
}

/** Where this phone can be reached now; null when notifications are off. */
async function currentAddress(): Promise<PushAddress | null> {
  await config.load();
  if (push.state !== "on") return null;
  const subscription = await currentSubscription();
  if (subscription) return webAddress(subscription);
  return isDemo() ? consoleAddress() : null;
}

async function currentSubscription(): Promise<PushSubscription | null> {
  if (!canPush) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
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

/** Tell the server where this phone is reached; not on every start when nothing has changed for days. */
async function registerDevice(address: PushAddress): Promise<void> {
  if (!place.ward) return;
  const body = { ...address, ward_code: place.ward.code, area_id: place.area?.id ?? null, platform: "web" };
  const registration = JSON.stringify([body, session.signedIn]);
  const last = localStorage.getItem(REGISTERED_KEY);
  const lastAt = Number(localStorage.getItem(REGISTERED_AT_KEY) ?? 0);
  if (last === registration && Date.now() - lastAt < REGISTER_AGAIN_MS) return;
  await unwrap(api.PUT("/me/devices", { body }));
  localStorage.setItem(REGISTERED_KEY, registration);
  localStorage.setItem(REGISTERED_AT_KEY, String(Date.now()));
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

function keyBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
