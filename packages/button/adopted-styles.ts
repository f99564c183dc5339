/**
 * Replaces `css-tag.js` of @lit/reactive-element in the script for the script tag. It leaves out Lit's fallback for
 * browsers without adopted style sheets (Safari before 16.4, March 2023). In these browsers, the script ends at its
 * first line and the page keeps the content between the tags.
 */

export const supportsAdoptingStyleSheets = true;

/** Lit re-exports this name. The script does not use it. */
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
