import type { Route } from "../lib/router.svelte";

/** The screens of the tip flow, loaded when they are opened. No address names a tip or carries a receipt. */
export const tipRoutes: readonly Route[] = [
  { path: "/bao-tin", load: () => import("./TipStart.svelte") },
  { path: "/bao-tin/phuong", load: () => import("./TipWard.svelte") },
  { path: "/bao-tin/ke", load: () => import("./TipText.svelte") },
  { path: "/bao-tin/o-dau", load: () => import("./TipPlace.svelte") },
  { path: "/bao-tin/gui", load: () => import("./TipName.svelte") },
  { path: "/bao-tin/gui-di", load: () => import("./TipSending.svelte") },
  { path: "/tin", load: () => import("./OpenTip.svelte") },
  { path: "/tin/xem", load: () => import("./TipTrail.svelte") },
];
