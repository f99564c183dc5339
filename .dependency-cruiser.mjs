/** The allowed directions of imports. `tools/repo-checks` proves that each rule bites. */
/** The rooms of the Worker, from the lowest to the highest: a module imports values only from rooms below its own. */
const ROOMS = [
  "crypto",
  "http",
  "qonto",
  "pages",
  "errors",
  "storage",
  "context",
  "idempotency",
  "accounts",
  "console",
  "events",
  "webhooks",
  "flood",
  "connection",
  "pricing",
  "diagnostics",
  "payment-link",
  "checkout",
  "storefront",
  "catalog",
  "api",
  "merchant-object",
  "deployment-object",
  "openapi",
  "routes",
];

/** The rooms of the button, from the lowest to the highest. */
const BUTTON_ROOMS = ["api", "events", "locales", "help", "status", "checkout", "parts", "elements"];

/** One rule for each room: it imports values only from rooms below, and nothing from the files above all rooms. */
function roomRules(prefix, sources, rooms) {
  return rooms.map((room, place) => ({
    name: `${prefix}${room}-imports-rooms-below-only`,
    severity: "error",
    from: { path: `^${sources}/${room}/` },
    to: {
      path: `^${sources}/([^/]+\\.ts$|(${rooms.slice(place + 1).join("|") || "-"})/)`,
      dependencyTypesNot: ["type-only"],
    },
  }));
}

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "core-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^packages/core/src" },
      to: { path: "^(packages/(?!core/)|apps/|tools/)" },
    },
    {
      name: "zod-only-in-schema-modules",
      severity: "error",
      from: { path: "^packages/(core|button|client)/src", pathNot: "\\.schema\\.ts$" },
      to: { path: "(node_modules/zod/|\\.schema\\.ts$)" },
    },
    {
      name: "button-imports-core-only",
      severity: "error",
      from: { path: "^packages/button/src", pathNot: "\\.test\\.ts$" },
      to: { path: "^(packages/(?!core/|button/)|apps/|tools/)" },
    },
    {
      name: "web-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^packages/web/src" },
      to: { path: "^(packages/(?!web/)|apps/|tools/)" },
    },
    {
      name: "client-imports-core-and-web-only",
      severity: "error",
      from: { path: "^packages/client/src" },
      to: { path: "^(packages/(?!core/|web/|client/)|apps/|tools/)" },
    },
    {
      name: "client-runs-everywhere",
      severity: "error",
      from: { path: "^packages/client/src" },
      to: { dependencyTypes: ["core", "npm", "npm-dev", "npm-peer", "npm-optional"], pathNot: "^packages/" },
    },
    {
      name: "vendure-plugin-imports-client-only",
      severity: "error",
      from: { path: "^packages/vendure-plugin/src" },
      to: { path: "^(packages/(?!client/|vendure-plugin/)|apps/|tools/)" },
    },
    {
      name: "vendure-plugin-entities-import-nothing-of-the-plugin",
      severity: "error",
      from: { path: "^packages/vendure-plugin/src/entities/" },
      to: { path: "^packages/vendure-plugin/src/(?!entities/)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "vendure-plugin-services-import-no-caller",
      severity: "error",
      from: { path: "^packages/vendure-plugin/src/services/" },
      // The files that call a service: resolvers, processes, and the files of the plugin itself.
      to: {
        path: "^packages/vendure-plugin/src/((api|config)/|(index|raw-body\\.middleware|qonto-pay\\.[a-z]+)\\.ts$)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "vendure-plugin-files-stand-in-a-known-folder",
      severity: "error",
      from: {},
      to: {
        path: "^packages/vendure-plugin/src/[^/]+/",
        pathNot: "^packages/vendure-plugin/src/(api|config|entities|services)/",
      },
    },
    {
      name: "apps-import-packages-only",
      severity: "error",
      from: { path: "^apps/([^/]+)/src" },
      to: { path: "^(apps/(?!$1/)|tools/|packages/(?!core/|web/))" },
    },
    {
      name: "demo-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^apps/demo" },
      to: { path: "^(packages|apps/(?!demo/)|tools)/" },
    },
    ...roomRules("", "apps/worker/src", ROOMS),
    ...roomRules("button-", "packages/button/src", BUTTON_ROOMS),
    {
      name: "worker-files-stand-in-a-known-room",
      severity: "error",
      from: {},
      to: { path: "^apps/worker/src/[^/]+/", pathNot: `^apps/worker/src/(${ROOMS.join("|")})/` },
    },
    {
      name: "button-files-stand-in-a-known-room",
      severity: "error",
      from: {},
      to: { path: "^packages/button/src/[^/]+/", pathNot: `^packages/button/src/(${BUTTON_ROOMS.join("|")})/` },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true, dependencyTypesNot: ["type-only"] } },
    {
      name: "no-unresolved",
      severity: "error",
      from: {},
      // The dependencies of a Vendure shop are installed for the extended tests only.
      to: { couldNotResolve: true, pathNot: "^(@nestjs/|@vendure/|graphql$|typeorm$)" },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, path: "/src/", pathNot: "\\.(d|test)\\.ts$" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|\\.local|\\.turbo|\\.reports|\\.wrangler|packages/vendure-plugin/test)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@qonto-pay/source", "import", "node", "default"],
      extensions: [".ts", ".js", ".mjs"],
    },
    builtInModules: { add: ["cloudflare:workers", "cloudflare:test"] },
  },
};
