import { registerIconLibrary } from "@awesome.me/webawesome/dist/components/icon/library.js";

const FILE = `${import.meta.env.BASE_URL}icons.svg`;

/** Names of the icons that Web Awesome's components use themselves. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  // cspell:disable-next-line
  xmark: "cross",
  check: "check",
  eye: "eye",
  "eye-slash": "eye-slash",
};

/**
 * Replaces both icon libraries of Web Awesome: its default one loads from another host, and its own icons are `data:`
 * addresses that the content security policy does not allow. A sprite needs no HTML from a string, either.
 */
export function useOwnIcons(): void {
  // An `svg` without a viewBox is 300 pixels wide.
  const mutator = (svg: SVGElement) => svg.setAttribute("viewBox", "0 0 24 24");
  const options = { mutator, spriteSheet: true };
  registerIconLibrary("default", { ...options, resolver: (name) => `${FILE}#${name}` });
  registerIconLibrary("system", { ...options, resolver: (name) => `${FILE}#${OWN_NAMES[name] ?? name}` });
}
