import type { Plugin } from "vite";

/** The faces the first screen is set in; the others arrive when they are used. */
const FIRST = /be-vietnam-pro-(?:vietnamese|latin)-(?:400|600)-normal-.*\.woff2$/;

/** Ask for the first screen's fonts together with its style sheet, not after it. */
export function preloadFonts(): Plugin {
  return {
    name: "preload-fonts",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        return Object.keys(bundle ?? {})
          .filter((name) => FIRST.test(name))
          .map((name) => ({
            tag: "link",
            attrs: { rel: "preload", as: "font", type: "font/woff2", href: `/${name}`, crossorigin: "" },
            injectTo: "head-prepend" as const,
          }));
      },
    },
  };
}
