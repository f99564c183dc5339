/** The class of an element, and where its script came from. */
export interface ElementClass extends CustomElementConstructor {
  /** Address of the script, which names its version where the page does. */
  readonly source: string;
}

/** Registers an element. A page may hold its script twice, or two versions of it: the first one stays. */
export function defineOnce(tag: string, element: ElementClass): void {
  const first = customElements.get(tag) as ElementClass | undefined;
  if (first === undefined) customElements.define(tag, element);
  else if (first !== element) console.warn(`${tag}: loaded twice, in use:`, first.source, "not:", element.source);
}
