/** The language in force at an element: the nearest `lang` attribute, through shadow roots, else the browser's own. */
export function nearestLang(element: Element): string {
  const found = element.closest("[lang]");
  if (found !== null) return found.getAttribute("lang") ?? "";
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? nearestLang(root.host) : navigator.language;
}
