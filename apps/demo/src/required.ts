/**
 * Returns an element of index.html that a part of the shop requires.
 *
 * @throws Error with the selector if the page has no such element.
 */
export function required<E extends Element>(root: ParentNode, selector: string, type: new () => E): E {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`index.html has no ${type.name} at "${selector}".`);
  return element;
}
