import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { build, type Plugin, type ResolvedConfig } from "vite";

interface PrecacheEntry {
  url: string;
  /** null for files whose name already carries a hash of their content */
  revision: string | null;
}

/** Not precached, to save people's data: pictures for launchers and notifications, licences, and the map, which needs a network anyway. */
const SKIPPED = /(?:\/sw\.js|\.map|\.br|\.gz|\.png|\/MapPin-[^/]*|\/licences\.txt)$/;

function precacheEntries(folder: string): PrecacheEntry[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, url: `/${relative(folder, file).split(sep).join("/")}` }))
    .filter(({ url }) => !SKIPPED.test(url))
    .sort((a, b) => a.url.localeCompare(b.url))
    .map(({ file, url }) => ({
      url,
      revision: url.startsWith("/assets/") ? null : createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16),
    }));
}

/** Build `src/sw/sw.ts` into `dist/sw.js` after the app, with the list of the files that it stores on the phone. */
export function serviceWorker(): Plugin {
  let config: ResolvedConfig;
  return {
    name: "service-worker",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    async closeBundle() {
      const outDir = join(config.root, config.build.outDir);
      await build({
        configFile: false,
        root: config.root,
        publicDir: false,
        logLevel: "warn",
        define: {
          __PRECACHE__: JSON.stringify(precacheEntries(outDir)),
          "process.env.NODE_ENV": JSON.stringify("production"),
        },
        build: {
          outDir,
          emptyOutDir: false,
          target: "es2022",
          lib: { entry: join(config.root, "src/sw/sw.ts"), formats: ["iife"], name: "sw", fileName: () => "sw.js" },
        },
      });
    },
  };
}
