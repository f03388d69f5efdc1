/** A small router on the History API. Links are plain `<a href="/…">`; everything else calls `go`. */
import type { Loadable } from "./loadable";
import { match, type Params } from "./match";
import { scrollPosition } from "./scroll";

export interface ScreenProps {
  params: Params;
}

/** Its component gets `ScreenProps`; `any` allows a screen that declares no props, as most paths have no parameters. */
export type Route = Loadable<any> & {
  /** `/canh-bao/:id`; a last `*` takes the rest as `params.rest` */
  path: string;
};

interface Entry {
  /** steps from the first screen of this visit: at 0 there is no earlier screen of the app */
  depth: number;
  scroll: number;
}

const inBrowser = typeof window !== "undefined";

function entry(): Entry {
  const state: unknown = history.state;
  return state && typeof state === "object" && "depth" in state ? (state as Entry) : { depth: 0, scroll: 0 };
}

let path = $state(inBrowser ? location.pathname : "/");
let restoredScroll = 0;
let guard: ((to: string) => boolean) | null = null;

export const router = {
  get path(): string {
    return path;
  },
  /** How far the new screen should be scrolled: 0 at first, as far as before after "back". */
  get restoredScroll(): number {
    return restoredScroll;
  },
};

function arrive(scroll: number): void {
  restoredScroll = scroll;
  path = location.pathname;
}

function saveScroll(): void {
  history.replaceState({ ...entry(), scroll: scrollPosition() } satisfies Entry, "");
}

export interface GoOptions {
  /** take the place of the current screen in the history */
  replace?: boolean;
}

/** Show the screen at `to` (a path of the app with an optional query). */
export function go(to: string, { replace = false }: GoOptions = {}): void {
  if (guard && !guard(to)) return;
  saveScroll();
  const depth = entry().depth;
  if (replace) history.replaceState({ depth, scroll: 0 } satisfies Entry, "", to);
  else history.pushState({ depth: depth + 1, scroll: 0 } satisfies Entry, "", to);
  arrive(0);
}

/** Back to the screen before, or to `fallback` when the app was opened on this screen, e.g. from a push. */
export function back(fallback = "/"): void {
  if (entry().depth > 0) history.back();
  else go(fallback, { replace: true });
}

/**
 * Call `allow(to)` before the reader leaves the screen through a link, `go` or `back` in the app; they stay when it
 * returns false. Returns the function that removes the guard. Closing the page is not guarded: what was written is stored.
 */
export function guardLeaving(allow: (to: string) => boolean): () => void {
  guard = allow;
  return () => {
    if (guard === allow) guard = null;
  };
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
}

function followLink(event: MouseEvent): void {
  const target = event.target;
  const link = target instanceof Element ? target.closest("a") : null;
  if (!(link instanceof HTMLAnchorElement) || !isPlainClick(event)) return;
  if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (/^\/(?:admin|api|demo|healthz)(?:\/|$)/.test(link.pathname)) return;
  event.preventDefault();
  const to = link.pathname + link.search;
  if (to !== location.pathname + location.search) go(to);
}

/** Follow links and the browser's back button; called once, when the app starts. */
export function startRouter(): void {
  history.scrollRestoration = "manual";
  addEventListener("click", followLink);
  addEventListener("popstate", () => {
    if (guard && !guard(location.pathname)) {
      history.go(1);
      return;
    }
    arrive(entry().scroll);
  });
}

/** The first route that takes `path`, with its parameters. */
export function resolve(routes: readonly Route[], path: string): { route: Route; params: Params } | null {
  for (const route of routes) {
    const params = match(route.path, path);
    if (params) return { route, params };
  }
  return null;
}
