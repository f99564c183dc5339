/** The documents of the repository that `package.json` names. */
const DOCUMENTS = "https://github.com/qonto-pay/qonto-pay/blob/main/docs/";
const OF_BUTTON = `${DOCUMENTS}reference/button.md#`;

/** The addresses of the sections about mistakes. */
export const SECTIONS = {
  attribute: `${OF_BUTTON}an-unknown-attribute`,
  content: `${OF_BUTTON}a-tag-that-closes-itself`,
  endpoint: `${OF_BUTTON}no-worker-at-the-endpoint`,
  file: `${OF_BUTTON}a-page-opened-as-a-file`,
  frame: `${OF_BUTTON}in-a-frame`,
  key: `${DOCUMENTS}operations/keys.md#a-secret-key-in-a-page`,
  labels: `${OF_BUTTON}labels`,
  missing: `${OF_BUTTON}something-is-missing`,
  origin: `${OF_BUTTON}allowed-origins`,
  own: `${OF_BUTTON}the-buttons-own`,
  scripts: `${OF_BUTTON}two-versions-of-the-script`,
  status: `${DOCUMENTS}reference/status.md#messages-in-the-console`,
  value: `${OF_BUTTON}an-unknown-value`,
  worker: `${OF_BUTTON}mistakes-of-the-page`,
} as const;

export type Section = keyof typeof SECTIONS;

/** A mistake of the page, in words for its author. */
export interface Mistake {
  readonly text: string;
  readonly section: Section;
  /** The end of the text, which differs each time. Does not repeat the message. */
  readonly detail?: string | undefined;
}

const told = new WeakMap<object, Set<string>>();

/**
 * Logs a mistake to the console, once for each subject.
 *
 * @param subject what the mistake belongs to: an element, which is logged as well, or the document.
 * @param tag the name of the element.
 * @param occasion repeats the message when it changes.
 */
export function tell(subject: object, tag: string, { text, section, detail = "" }: Mistake, occasion = ""): void {
  const before = told.get(subject) ?? new Set();
  told.set(subject, before);
  if (before.has(text + occasion)) return;
  before.add(text + occasion);
  // Developer tools show the attributes of a logged element, and so the key.
  const logged = subject instanceof Element && section !== "key" ? [subject] : [];
  console.warn(`${tag}: ${text}${detail}\n${SECTIONS[section]}`, ...logged);
}
