import type { Plugin } from "vite";

/** A text of the published module, and the text that replaces it. */
type Cut = readonly [string, string];

/** Announcements to polyfills and developer tools. */
const TOOLS: readonly Cut[] = [
  [`,p=a.reactiveElementPolyfillSupport`, ``],
  [`p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2");`, `0;`],
];

/** Decorators: the elements declare their properties without them. */
const DECORATORS: readonly Cut[] = [
  [`Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;`, ``],
  [
    `const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}`,
    ``,
  ],
  [`static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}`, ``],
  [`,this.constructor.l?.forEach(t=>t(this))`, ``],
];

/** Options of properties: the elements use only `attribute` and `type`. */
const OPTIONS: readonly Cut[] = [
  [`,b={attribute:!0,type:String,converter:u,reflect:!1,useDefault:!1,hasChanged:f}`, ``],
  [`,c=a.trustedTypes,l=c?c.emptyScript:""`, ``],
  [
    `toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},`,
    ``,
  ],
  [
    `_$ET(t,s){const i=this.constructor.elementProperties.get(t),e=this.constructor._$Eu(t,i);if(void 0!==e&&!0===i.reflect){const h=(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute(s,i.type);this._$Em=t,null==h?this.removeAttribute(e):this.setAttribute(e,h),this._$Em=null}}`,
    ``,
  ],
  [`this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),`, ``],
  [`this._$Em=null,`, ``],
  [
    `void 0!==e&&this._$Em!==e){const t=i.getPropertyOptions(e),h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;this._$Em=e;const r=h.fromAttribute(s,t.type);this[e]=r??this._$Ej?.get(e)??r,this._$Em=null}`,
    `void 0!==e)this[e]=u.fromAttribute(s,i.properties[e].type)`,
  ],
  [
    `requestUpdate(t,s,i,e=!1,h){if(void 0!==t){const r=this.constructor;if(!1===e&&(h=this[t]),i??=r.getPropertyOptions(t),!((i.hasChanged??f)(h,s)||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))))return;this.C(t,s,i)}`,
    `requestUpdate(t,s){if(void 0!==t){if(!f(this[t],s))return;this._$AL.has(t)||this._$AL.set(t,this.hasUpdated?s:void 0)}`,
  ],
  [
    `C(t,s,{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}`,
    ``,
  ],
];

/** Inherited properties, accessors that a class already has, and names that are symbols. */
const INHERITANCE: readonly Cut[] = [
  [`getOwnPropertyDescriptor:h,getOwnPropertyNames:r,getOwnPropertySymbols:o,getPrototypeOf:n`, ``],
  [`,d=(t,s)=>t`, ``],
  [
    `static createProperty(t,s=b){if(s.state&&(s.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),this.elementProperties.set(t,s),!s.noAccessor){const i=Symbol(),h=this.getPropertyDescriptor(t,i,s);void 0!==h&&e(this.prototype,t,h)}}`,
    `static createProperty(t){const s=Symbol();e(this.prototype,t,{get(){return this[s]},set(i){const e=this[s];this[s]=i,this.requestUpdate(t,e)},configurable:!0,enumerable:!0})}`,
  ],
  [
    `static getPropertyDescriptor(t,s,i){const{get:e,set:r}=h(this.prototype,t)??{get(){return this[s]},set(t){this[s]=t}};return{get:e,set(s){const h=e?.call(this);r?.call(this,s),this.requestUpdate(t,h,i)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??b}static _$Ei(){if(this.hasOwnProperty(d("elementProperties")))return;const t=n(this);t.finalize(),void 0!==t.l&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}`,
    ``,
  ],
  [
    `if(this.hasOwnProperty(d("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(d("properties"))){const t=this.properties,s=[...r(t),...o(t)];for(const i of s)this.createProperty(i,t[i])}`,
    `if(this._$Eh)return;`,
  ],
  [
    `for(const[t,s]of this.elementProperties){const i=this._$Eu(t,s);void 0!==i&&this._$Eh.set(i,t)}`,
    `for(const t in this.properties)this.createProperty(t),this._$Eh.set(this.properties[t].attribute??t.toLowerCase(),t);`,
  ],
  [
    `static _$Eu(t,s){const i=s.attribute;return!1===i?void 0:"string"==typeof i?i:"string"==typeof t?t.toLowerCase():void 0}`,
    ``,
  ],
  [
    `s=this.constructor.elementProperties;for(const i of s.keys())this`,
    `s=this.constructor.properties;for(const i in s)this`,
  ],
  [
    `const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}`,
    ``,
  ],
  [`,y[d("elementProperties")]=new Map,y[d("finalized")]=new Map`, ``],
  [`,void 0!==this.renderRoot&&this.isConnected&&t.hostConnected?.()`, ``],
];

/** Methods that subclasses and controllers may have, and the elements' do not. */
const HOOKS: readonly Cut[] = [
  [`removeController(t){this._$EO?.delete(t)}`, ``],
  [
    `const t=this.scheduleUpdate();return null!=t&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}`,
    `return this.performUpdate(),!this.isUpdatePending}`,
  ],
  [
    `let t=!1;const s=this._$AL;try{t=this.shouldUpdate(s),t?(this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(s)}willUpdate(t){}_$AE(t){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}`,
    `const s=this._$AL;try{this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)}catch(s){throw this._$EM(),s}this.hasUpdated=!0}`,
  ],
  [`return this.getUpdateComplete()}getUpdateComplete(){`, ``],
  [`shouldUpdate(t){return!0}`, ``],
  [`updated(t){}firstUpdated(t){}`, ``],
];

/** Functions with one caller. */
const SINGLE_CALLERS: readonly Cut[] = [
  [`,f=(t,s)=>!i(t,s)`, ``],
  [`,f as notEqual`, ``],
  [`if(!f(this[t],s))return;`, `if(i(this[t],s))return;`],
  [`super(),this._$Ep=void 0,`, `super(),`],
  [`,this._$Ev()}_$Ev(){`, `;`],
  [`attributeChangedCallback(t,s,i){this._$AK(t,i)}`, ``],
  [`_$AK(t,s){`, `attributeChangedCallback(t,h,s){`],
  [`u={fromAttribute(t,s){`, `u=(t,s)=>{`],
  [`i=null}}return i}}`, `i=null}}return i}`],
  [`u.fromAttribute(`, `u(`],
  [`s(t,[this.constructor.styles])`, `t.adoptedStyleSheets=[this.constructor.styles]`],
];

/** Checks whose result is always the same, and a method that the constructor replaces. */
const CERTAINTIES: readonly Cut[] = [
  [`this._$Eh&&[...`, `[...`],
  [`!1===this.isUpdatePending&&(`, `this.isUpdatePending||(`],
  [`t.size>0&&(this._$Ep=t)`, `this._$Ep=t`],
  [`enableUpdating(t){}`, ``],
];

/** Lists of style sheets: each element has one. */
const STYLES: readonly Cut[] = [
  [`this.elementStyles=this.finalizeStyles(this.styles)`, ``],
  [
    `static finalizeStyles(s){const i=[];if(Array.isArray(s)){const e=new Set(s.flat(1/0).reverse());for(const s of e)i.unshift(t(s))}else void 0!==s&&i.push(t(s));return i}`,
    ``,
  ],
  [`y.elementStyles=[],`, ``],
  [`this.constructor.elementStyles`, `[this.constructor.styles]`],
];

/** Code of the published `@lit/reactive-element` that the script for the script tag does not need. */
const UNUSED = [
  ...TOOLS,
  ...DECORATORS,
  ...OPTIONS,
  ...INHERITANCE,
  ...HOOKS,
  ...STYLES,
  ...SINGLE_CALLERS,
  ...CERTAINTIES,
];

/** What the elements can't use, since this code is removed: the tests of the sources run with the whole of Lit. */
const REMOVED =
  /\b(converter|firstUpdated|getUpdateComplete|hasChanged|hostUpdated|noAccessor|reflect|removeController|scheduleUpdate|shouldUpdate|updated|useDefault|willUpdate)\s*[(:]/;

/** Removes this code. Fails the build if another version of Lit no longer contains it, or if an element needs it. */
export function leanLit(): Plugin {
  return {
    name: "lean-lit",
    transform(code, id) {
      const [, needed] = (/\/button\/src\//.test(id) && REMOVED.exec(code)) || [];
      if (needed !== undefined) this.error(`${id} uses ${needed} of Lit. Keep it in lean-lit.ts.`);
      if (!id.endsWith("/reactive-element.js")) return null;
      return UNUSED.reduce((lean, [unused, instead]) => {
        if (!lean.includes(unused))
          this.error(`Lit has changed: "${unused}" is no longer in ${id}. Update lean-lit.ts.`);
        return lean.replace(unused, () => instead);
      }, code);
    },
  };
}
