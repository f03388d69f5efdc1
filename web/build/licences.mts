import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin, ResolvedConfig } from "vite";

const FILE = "licences.txt";
const INTRODUCTION = "Bình Yên được làm từ những phần mềm và phông chữ sau.\nBình Yên is made with the following software and fonts.";
const RULE = `\n\n${"-".repeat(80)}\n\n`;
/** Words for packages that come without them, by the package's name with a hyphen for its slash. */
const OURS = fileURLToPath(new URL("./licences", import.meta.url));

interface Package {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}

function packageIn(folder: string): Package {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;
}

/** What the build's own package.json names: sheets and fonts are of no module. */
function named(root: string): string[] {
  const places = createRequire(join(root, "package.json")).resolve.paths("x") ?? [];
  return Object.keys(packageIn(root).dependencies ?? {}).map((name) => {
    const place = places.find((folder) => existsSync(join(folder, name)));
    if (!place) throw new Error(`${name} is not installed`);
    return join(place, name);
  });
}

/** The package a module comes from; undefined for our own. */
function origin(module: string): string | undefined {
  return module.startsWith("\0") ? undefined : /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1];
}

function entryOf(folder: string): string {
  const { name, version, license } = packageIn(folder);
  const theirs = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  const ours = join(OURS, `${name.replace("/", "-")}.txt`);
  if (!theirs && !existsSync(ours)) throw new Error(`${name} comes without the words of its licence: write them into ${ours}`);
  return `${name} ${version} (${license})\n\n${readFileSync(theirs ? join(folder, theirs) : ours, "utf8").trim()}`;
}

/** Write the licences of all packages that go into a build beside it. */
export function licences(): Plugin {
  let config: ResolvedConfig;
  return {
    name: "licences",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    generateBundle() {
      const folders = new Set([...named(config.root), ...[...this.getModuleIds()].flatMap((module) => origin(module) ?? [])]);
      const entries = [...new Set([...folders].map(entryOf))].sort();
      this.emitFile({ type: "asset", fileName: FILE, source: `${[INTRODUCTION, ...entries].join(RULE)}\n` });
    },
  };
}
