/** The class of an element, with the address of its script. */
export interface ElementClass extends CustomElementConstructor {
  /** Address of the script. Contains the version if the page pins one. */
  readonly source: string;
}

type ExplainSecondScript = typeof import("../help/second-script.ts").explainSecondScript;

/**
 * Registers an element. If a page loads the script twice, or two versions of it, the first one is used.
 *
 * @param withHelp loads the code that explains two versions.
 */
export function defineOnce(
  tag: string,
  element: ElementClass,
  withHelp: (explain: (help: { readonly explainSecondScript: ExplainSecondScript }) => void) => void,
): void {
  const first = customElements.get(tag) as ElementClass | undefined;
  if (first === undefined) customElements.define(tag, element);
  else if (first !== element) withHelp((help) => help.explainSecondScript(tag, first.source, element.source));
}
