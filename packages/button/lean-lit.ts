import type { Plugin } from "vite";

/**
 * What the script of the script tag has no use for, of `@lit/reactive-element` as it is published: it tells polyfills and
 * developer tools that it is there, and takes decorators' word for properties. Properties are declared without them here.
 */
const UNUSED: readonly (readonly [string, string])[] = [
  [`,p=a.reactiveElementPolyfillSupport`, ``],
  [`p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2");`, `0;`],
  [`Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;`, ``],
  [
    `const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}`,
    ``,
  ],
  [`static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}`, ``],
  [`,this.constructor.l?.forEach(t=>t(this))`, ``],
];

/** Leaves that out. Another version of Lit than the one that this was read of ends the build. */
export function leanLit(): Plugin {
  return {
    name: "lean-lit",
    transform(code, id) {
      if (!id.endsWith("/reactive-element.js")) return null;
      return UNUSED.reduce((lean, [unused, instead]) => {
        if (!lean.includes(unused)) this.error(`Lit has changed: there is no "${unused}" in ${id} any more.`);
        return lean.replace(unused, instead);
      }, code);
    },
  };
}
