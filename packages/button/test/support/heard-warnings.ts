/** What the console showed: a text with a link, and the element if there is one. */
export type Said = readonly [text: string, element?: Element];

/** Records console warnings in each test of the surrounding group. @returns the warnings of the test so far. */
export function heardWarnings(): readonly Said[] {
  const own = console.warn;
  const warnings: Said[] = [];
  beforeEach(() => {
    console.warn = (...said: unknown[]) => void warnings.push(said as unknown as Said);
  });
  afterEach(() => {
    console.warn = own;
    warnings.length = 0;
  });
  return warnings;
}
