/** Who may import whom. `tools/repo-checks` proves that each rule bites. */
const LEAVES = "apps/worker/src/(qonto|storage|http|security|pricing|pages|relay|failure)/";

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
      name: "client-imports-core-only",
      severity: "error",
      from: { path: "^packages/client/src" },
      to: { path: "^(packages/(?!core/|client/)|apps/|tools/)" },
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
      name: "apps-import-packages-only",
      severity: "error",
      from: { path: "^apps/([^/]+)/src" },
      to: { path: "^(apps/(?!$1/)|tools/|packages/(?!core/))" },
    },
    {
      name: "demo-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^apps/demo" },
      to: { path: "^(packages|apps/(?!demo/)|tools)/" },
    },
    {
      name: "leaves-do-not-import-each-other",
      severity: "error",
      from: { path: `^${LEAVES}` },
      to: { path: `^${LEAVES}`, pathNot: "^apps/worker/src/$1/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "leaves-do-not-import-upwards",
      severity: "error",
      from: { path: `^${LEAVES}` },
      to: { path: "^apps/worker/src/([^/]+\\.ts$|journeys/|merchant/|routes/)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "journeys-do-not-import-upwards",
      severity: "error",
      from: { path: "^apps/worker/src/journeys/" },
      to: { path: "^apps/worker/src/((index|router|merchant-object|call-merchant)\\.ts$|routes/)" },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true, dependencyTypesNot: ["type-only"] } },
    {
      name: "no-unresolved",
      severity: "error",
      from: {},
      // What a Vendure shop brings is installed for the extended tests only.
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
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".js", ".mjs"],
    },
    builtInModules: { add: ["cloudflare:workers", "cloudflare:test"] },
  },
};
