import { defineConfig } from "vite";
import { licences } from "../../web/build/licences.mts";

// The panel is rendered by the server: Vite only gives it one script, one sheet, the type face and the icons.
// Flask finds their hashed names in the manifest.
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [licences()],
  build: {
    outDir: "../static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: "",
    assetsInlineLimit: 0,
    target: "es2022",
    rollupOptions: { input: { panel: "src/panel.ts" } },
  },
});
