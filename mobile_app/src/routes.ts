import type { Route } from "./lib/router.svelte";
import { tipRoutes } from "./tips/routes";

/** Every screen of the app. Home is loaded with the app (see App.svelte); the others when they are opened. */
export const routes: readonly Route[] = [
  { path: "/canh-bao", load: () => import("./alerts/AlertList.svelte") },
  { path: "/canh-bao/:id", load: () => import("./alerts/AlertPage.svelte") },
  { path: "/phuong", load: () => import("./wards/WardPicker.svelte") },
  { path: "/to-dan-pho", load: () => import("./wards/AreaPicker.svelte") },
  { path: "/thong-bao", load: () => import("./account/Notifications.svelte") },
  { path: "/dang-nhap", load: () => import("./account/SignIn.svelte") },
  { path: "/cua-toi", load: () => import("./account/Me.svelte") },
  { path: "/cua-toi/ten", load: () => import("./account/NameForm.svelte") },
  { path: "/cua-toi/thiet-bi", load: () => import("./account/Sessions.svelte") },
  { path: "/cua-toi/du-lieu", load: () => import("./account/MyData.svelte") },
  { path: "/gioi-thieu", load: () => import("./info/About.svelte") },
  ...tipRoutes,
];
