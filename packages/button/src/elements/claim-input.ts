/**
 * Keeps clicks, Enter, Space and drags on an element from what surrounds it: a link, a card, a label. Listeners of the
 * element itself run, those of its ancestors don't. Call it once for all elements of a class.
 *
 * The listeners are on the window to run before those of the page: a link of a framework that listens while the event
 * descends ignores a click whose default is prevented.
 */
export function claimInput(elementClass: Function): void {
  let isPressed = false;
  /** Returns the element that an event belongs to, unless it happened in content of the page, which has a nameless slot. */
  const ownerOf = (event: Event): Element | undefined => {
    const path = event.composedPath();
    const element = path.find((node) => node instanceof elementClass) as Element | undefined;
    const content = element?.shadowRoot?.querySelector("slot:not([name])");
    return content && path.includes(content) ? undefined : element;
  };
  const listen = (type: string, listener: (event: Event, element: Element | undefined) => void): void =>
    addEventListener(type, (event) => listener(event, ownerOf(event)), true);
  const keepFromAncestors = ({ type }: Event, element: Element): void =>
    element.addEventListener(type, stop, { once: true });

  listen("pointerdown", (_event, element) => {
    isPressed = element !== undefined;
  });
  // If the mouse moves during a click, a link or a card would be dragged instead.
  listen("dragstart", (event) => {
    if (!isPressed) return;
    event.preventDefault();
    stop(event);
  });
  for (const type of ["keydown", "keyup"]) {
    listen(type, (event, element) => {
      if (element && /^( |Enter)$/.test((event as KeyboardEvent).key)) keepFromAncestors(event, element);
    });
  }
  for (const type of ["click", "auxclick"]) {
    listen(type, (event, element) => {
      if (element === undefined) return;
      const [target] = event.composedPath() as [Element];
      // A link or a label of the element has its own effect, also in a part with a shadow root. No listener hears that
      // click. Links and labels that the page slots are content of the button.
      if (!element.contains(target) && target.closest("a,label")) return stop(event);
      event.preventDefault();
      keepFromAncestors(event, element);
    });
  }
}

function stop(event: Event): void {
  event.stopPropagation();
}
