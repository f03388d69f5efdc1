import type { Component } from "svelte";

/** A component that is loaded with the app, or one that is fetched when it is first shown. */
export type Loadable<Props extends object> = { component: Component<Props> } | { load: () => Promise<{ default: Component<Props> }> };
