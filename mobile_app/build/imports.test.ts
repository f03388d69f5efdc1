/** The guard of the imports sees what it forbids, also in .svelte files and in a feature that did not exist before. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const APP = join(import.meta.dirname, "..");
const MODULES = join(APP, "..", "node_modules");

const script = (code: string): string => `<script lang="ts">\n  ${code}\n</script>\n`;

/** file → its text */
const PLANTED: Record<string, string> = {
  "alerts/planted.ts": 'import { vault } from "../tips/vault";\nexport default vault;\n',
  "alerts/PlantedScript.svelte": `${script('import About from "../info/About.svelte";')}<About />\n`,
  "alerts/PlantedMarkup.svelte": '{#await import("../info/About.svelte") then { default: About }}<About />{/await}\n',
  "lib/planted.ts": 'import type { Look } from "../alerts/severity";\nexport type Planted = Look;\n',
  "components/Planted.svelte": `${script('import { t } from "../tips/room-words";')}{t.tab}\n`,
  "lib/planted-above.ts": 'export { errorHeading } from "../components/error-heading";\n',
  "home/planted.ts": 'import "../rooms";\n',
  "wards/Circle.svelte": `${script('import { circle } from "./circle";')}{circle}\n`,
  "wards/circle.ts": 'export const circle = () => import("./Circle.svelte");\n',
  "tips/receipt/planted.ts": 'import { currentTip } from "../follow/current-tip.svelte";\nexport default currentTip;\n',
  "events/room.ts": 'import { unread } from "../alerts/unread.svelte";\nexport default { start: () => unread.count };\n',
  "events/Unused.svelte": "<p></p>\n",
};

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

let folder: string;
let violations: Violation[];

function checkImports(): Promise<Violation[]> {
  const command = [join(MODULES, ".bin/depcruise"), "src", "--config", ".dependency-cruiser.mjs", "--output-type", "json"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, command, { cwd: folder, maxBuffer: 100_000_000 }, (error, stdout) => {
      if (!stdout) return reject(error ?? new Error("no output"));
      const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
      resolve(summary.violations);
    });
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "imports-"));
  for (const name of ["src", ".dependency-cruiser.mjs", "tsconfig.json", "package.json"]) cpSync(join(APP, name), join(folder, name), { recursive: true });
  symlinkSync(MODULES, join(folder, "node_modules"));
  for (const [name, text] of Object.entries(PLANTED)) {
    const file = join(folder, "src", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  violations = await checkImports();
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["no-other-feature", "alerts/planted.ts"],
  ["no-other-feature", "alerts/PlantedScript.svelte"],
  ["no-other-feature", "alerts/PlantedMarkup.svelte"],
  ["no-other-feature", "events/room.ts"],
  ["shared-code-knows-no-feature", "lib/planted.ts"],
  ["shared-code-knows-no-feature", "components/Planted.svelte"],
  ["lib-is-below-components", "lib/planted-above.ts"],
  ["nothing-imports-the-app", "home/planted.ts"],
  ["no-circles", "wards/Circle.svelte"],
  ["tips-receipt-uses-only-its-layers", "tips/receipt/planted.ts"],
  ["nothing-is-unused", "events/Unused.svelte"],
])("%s is told of %s", (rule, file) => {
  const told = violations.filter(({ from, to }) => from === `src/${file}` || to === `src/${file}`);
  expect(told.map((violation) => violation.rule.name)).toContain(rule);
});

it("tells of nothing else", () => {
  const planted = new Set(Object.keys(PLANTED).map((name) => `src/${name}`));
  expect(violations.filter(({ from, to }) => !planted.has(from) && !planted.has(to))).toEqual([]);
});
