/**
 * What a feature offers to the rest of the app. `src/<feature>/room.ts` exports one `Room`; `src/rooms.ts` gathers them.
 * Screens show what the rooms offer, and import none of them.
 */
import type { Loadable } from "./loadable";
import type { Route } from "./router.svelte";

/**
 * Places on a screen where other rooms may show something. The room of the screen declares its places and the props of
 * what is shown there: `declare module "../lib/rooms" { interface Slots { "home:main": Record<string, never> } }`.
 */
export interface Slots {}

/** Sorts what stands in one place. Leave gaps, so that a new room changes no other. */
interface Ordered {
  order: number;
}

/** A way into a room. Texts are functions, so that they follow the reader's language. */
interface Link extends Ordered {
  icon: string;
  title: () => string;
}

/** A tab of the bar at the bottom. */
export interface Tab extends Link {
  href: string;
  /** what waits there */
  count?: () => number;
  /** the count for screen readers, e.g. "2 unread alerts" */
  countInWords?: (count: number) => string;
}

/** A tile at the end of the home screen. */
export interface Shortcut extends Link {
  href: string;
  /** the one that most people look for */
  main?: boolean;
}

/** A row of the screen "Me": it leads somewhere, or does something. */
export interface Row extends Link {
  group: "settings" | "more";
  text?: () => string;
  href?: string;
  onclick?: () => void;
  /** rows without it are always there */
  shown?: () => boolean;
}

/** Something shown in a place of another room's screen. */
export type Filler = { [Name in keyof Slots]: Ordered & { slot: Name } & Loadable<Slots[Name]> }[keyof Slots];

/** How the ward is: the home screen says it above the drawing of the street. */
export interface WardStatus {
  /** pieces that are kept on one line each */
  sentence: readonly string[];
  /** our server does not answer: the lamps are out */
  lampsOut: boolean;
  /** one amber sentence under the emergency numbers: what is shown may be old */
  banner: string | null;
  loading: boolean;
}

export interface Room {
  routes?: readonly Route[];
  tab?: Tab;
  shortcuts?: readonly Shortcut[];
  rows?: readonly Row[];
  fillers?: readonly Filler[];
  /** null while the room has nothing to say about the chosen ward */
  wardStatus?: () => WardStatus | null;
  /** starts what runs in the background; called once, when the app starts */
  start?: () => void;
}

const inOrder = <T extends Ordered>(things: readonly T[]): readonly T[] => [...things].sort((one, other) => one.order - other.order);

let all: readonly Room[] = [];

export const rooms = {
  /** Called once, before the first screen is shown. */
  register(found: readonly Room[]): void {
    all = found;
  },
  start(): void {
    for (const room of all) room.start?.();
  },
  get routes(): readonly Route[] {
    return all.flatMap(({ routes = [] }) => routes);
  },
  /** Fetch the screens whose path begins with `path`, so that they open without a network later. */
  prefetch(path: string): void {
    for (const route of this.routes) {
      if (route.path.startsWith(path) && "load" in route) void route.load().catch(() => undefined);
    }
  },
  get tabs(): readonly Tab[] {
    return inOrder(all.flatMap(({ tab }) => tab ?? []));
  },
  get shortcuts(): readonly Shortcut[] {
    return inOrder(all.flatMap(({ shortcuts = [] }) => shortcuts));
  },
  rows(group: Row["group"]): readonly Row[] {
    return inOrder(all.flatMap(({ rows = [] }) => rows).filter((row) => row.group === group && (row.shown?.() ?? true)));
  },
  fillers<Name extends keyof Slots>(slot: Name): readonly Loadable<Slots[Name]>[] {
    return inOrder(all.flatMap(({ fillers = [] }) => fillers).filter((filler) => filler.slot === slot)) as readonly Loadable<Slots[Name]>[];
  },
  wardStatus(): WardStatus | null {
    for (const room of all) {
      const status = room.wardStatus?.();
      if (status) return status;
    }
    return null;
  },
};
