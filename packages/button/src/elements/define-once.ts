/** The class of an element, with the address of its script. */
export interface ElementClass extends CustomElementConstructor {
  /** Address of the script. Contains the version if the page pins one. */
  readonly source: string;
}

/** Registers an element. If a page loads the script twice, or two versions of it, the first one is used. */
export function defineOnce(tag: string, element: ElementClass): void {
  const first = customElements.get(tag) as ElementClass | undefined;
  if (first === undefined) customElements.define(tag, element);
  else if (first !== element) console.warn(`${tag}: loaded twice, in use:`, first.source, "not:", element.source);
}
