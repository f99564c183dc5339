import type { Plugin } from "vite";

/**
 * Code of the published `@lit/reactive-element` that the script for the script tag does not need: announcements to
 * polyfills and developer tools, and support for decorators. The elements declare their properties without decorators.
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

/** Removes this code. Fails the build if another version of Lit no longer contains it. */
export function leanLit(): Plugin {
  return {
    name: "lean-lit",
    transform(code, id) {
      if (!id.endsWith("/reactive-element.js")) return null;
      return UNUSED.reduce((lean, [unused, instead]) => {
        if (!lean.includes(unused))
          this.error(`Lit has changed: "${unused}" is no longer in ${id}. Update lean-lit.ts.`);
        return lean.replace(unused, instead);
      }, code);
    },
  };
}
