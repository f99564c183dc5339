/**
 * The element of index.html that a part of the shop is built on.
 *
 * @throws Error naming the selector when the page has no such element
 */
export function required<E extends Element>(root: ParentNode, selector: string, type: new () => E): E {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`index.html has no ${type.name} at "${selector}".`);
  return element;
}
