/**
 * Who may import whom. A feature is a folder of src/ that is not one of the shared ones, so a new feature is guarded on
 * the day its folder appears. dependency-cruiser reads the .svelte files with Svelte's own compiler.
 *
 * A feature becomes part of the app through `import.meta.glob` in src/rooms.ts and src/sw/rooms.ts, which is no import.
 */
const SHARED = "^src/(?:api|components|doubles|lib|styles|sw)/";
const FEATURE = "^src/(?!(?:api|components|doubles|lib|styles|sw)/)([^/]+)/";
const TEST = "\\.test\\.ts$|^src/doubles/";
/** where the app, the service worker and each feature begin */
const ENTRY = "^src/(?:main|sw/sw|[^/]+/(?:room|worker))\\.ts$";

/** The parts of tips/, and which other parts each may use. All use the files beside room.ts, which use none but the first screen. */
const TIPS = { queue: [], receipt: ["queue"], write: ["queue"], follow: ["queue", "receipt"], send: ["queue", "receipt", "write", "follow"] };

export default {
  forbidden: [
    {
      name: "shared-code-knows-no-feature",
      comment: "What several features need knows none of them: it offers a hook, a slot or a parameter.",
      severity: "error",
      from: { path: SHARED, pathNot: TEST },
      to: { path: FEATURE },
    },
    {
      name: "no-other-feature",
      comment: "A feature shows itself on another one's screen through its room.ts; what both need belongs to lib/ or components/.",
      severity: "error",
      from: { path: FEATURE },
      to: { path: FEATURE, pathNot: "^src/$1/" },
    },
    {
      name: "lib-is-below-components",
      severity: "error",
      from: { path: "^src/lib/", pathNot: TEST },
      to: { path: "^src/components/" },
    },
    {
      name: "nothing-imports-the-app",
      comment: "App.svelte, main.ts and rooms.ts put the app together.",
      severity: "error",
      from: { path: "^src/[^/]+/" },
      to: { path: "^src/[^/]+$" },
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-is-unused",
      comment: "Each file is reached from the app, the service worker, a room or a worker's part; tests do not count.",
      severity: "error",
      from: { path: ENTRY },
      to: { path: "^src/", pathNot: `${TEST}|${ENTRY}|\\.d\\.ts$`, reachable: false },
    },
    ...Object.entries(TIPS).map(([part, uses]) => ({
      name: `tips-${part}-uses-only-its-layers`,
      severity: "error",
      from: { path: `^src/tips/${part}/`, pathNot: TEST },
      to: { path: "^src/tips/[^/]+/", pathNot: `^src/tips/(?:${[part, ...uses].join("|")})/` },
    })),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true, // types count too
    enhancedResolveOptions: {
      extensions: [".ts", ".svelte", ".js", ".d.ts"],
      conditionNames: ["svelte", "browser", "import", "default"],
    },
  },
};
