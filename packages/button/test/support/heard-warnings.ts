/** Records console warnings in each test of the surrounding group. @returns the warnings of the test so far. */
export function heardWarnings(): readonly (readonly unknown[])[] {
  const own = console.warn;
  const warnings: unknown[][] = [];
  beforeEach(() => {
    console.warn = (...said: unknown[]) => void warnings.push(said);
  });
  afterEach(() => {
    console.warn = own;
    warnings.length = 0;
  });
  return warnings;
}
