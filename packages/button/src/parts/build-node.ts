/** The properties of an element that can be set, by name. `part` is set as text. */
type Settable<Tag extends keyof HTMLElementTagNameMap> = Partial<Omit<HTMLElementTagNameMap[Tag], "part">> & {
  readonly part?: string;
};

/** Creates an element with these properties and children. `create` of the button is in another chunk. */
export function build<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Settable<Tag>,
  ...children: Node[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties) as HTMLElementTagNameMap[Tag];
  element.append(...children);
  return element;
}

/** Sets the text of a live region only if it differs: every assignment is announced. */
export function announce(region: HTMLElement, text: string): void {
  if (region.textContent !== text) region.textContent = text;
}
