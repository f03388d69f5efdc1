import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { licences } from "../web/build/licences.mts";
import { preloadFonts } from "./build/preload-fonts.ts";
import { serviceWorker } from "./build/service-worker.ts";

const design = fileURLToPath(new URL("../web/design", import.meta.url));
const api = process.env.BINHYEN_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [svelte(), preloadFonts(), licences(), serviceWorker()],
  resolve: { alias: { "@design": design } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the Content-Security-Policy allows no data: addresses
    modulePreload: { polyfill: false },
    // The first screen comes in two files, because many small ones take longer: the packages, which stay the same from
    // release to release, and our own code.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "packages", tags: ["$initial"], test: /node_modules/, priority: 1 }, { name: "app", tags: ["$initial"] }] } },
    },
  },
  server: { proxy: { "/api": api }, fs: { allow: ["..", design] } },
  preview: { proxy: { "/api": api } },
  test: { include: ["src/**/*.test.ts", "build/**/*.test.ts"], environment: "node" },
});
