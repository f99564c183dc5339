/**
 * Takes the place of `css-tag.js` of @lit/reactive-element in the script of the script tag, without its ways around
 * browsers whose shadow roots adopt no style sheets (Safari before 16.4, March 2023): there the script ends at its first
 * line, and the page keeps what stands between the tags.
 */

export const supportsAdoptingStyleSheets = true;

/** Named by Lit's own exports; nothing here uses it. */
export const CSSResult = undefined;
export { unsafeCSS as css };

export function unsafeCSS(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

export function adoptStyles(root: ShadowRoot, sheets: CSSStyleSheet[]): void {
  root.adoptedStyleSheets = sheets;
}

export function getCompatibleStyle(sheet: CSSStyleSheet): CSSStyleSheet {
  return sheet;
}
