import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ASSETS = fileURLToPath(new URL("../dist/assets", import.meta.url));
const LANGUAGES = /^(de|en|es|fr|it)-/;
const PAGES = /-page-/;
const files = readdirSync(ASSETS).filter((file) => /\.(css|js)$/.test(file));
const paths = (names) => names.map((name) => `../dist/assets/${name}`);
const isLater = (file) => PAGES.test(file) || readFileSync(`${ASSETS}/${file}`, "utf8").includes("toSvgSource");

/** Size limits of the files that a merchant's browser loads, compressed with brotli as by a CDN. */
export default [
  {
    name: "first load without the page: frame, sign-in, Lit, Web Awesome, styles, one language",
    path: paths(files.filter((file) => !isLater(file) && !(LANGUAGES.test(file) && !file.startsWith("fr-")))),
    limit: "60 kB",
  },
  ...files
    .filter((file) => PAGES.test(file))
    .map((file) => ({ name: file.replace(/-[^-]+\.js$/, ""), path: paths([file]), limit: "12 kB" })),
];
