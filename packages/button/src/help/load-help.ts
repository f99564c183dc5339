/**
 * Runs code that explains mistakes of a button to the author of the page. The code is a chunk of its own, which a page
 * without mistakes does not load.
 */
export function withHelp(explain: (help: typeof import("./button-help.ts")) => void): void {
  // Without the chunk, the console lacks the explanation, and nothing else changes.
  void import("./button-help.ts").then(explain).catch(() => {});
}

/** The same for the status of a checkout. */
export function withStatusHelp(explain: (help: typeof import("./status-help.ts")) => void): void {
  void import("./status-help.ts").then(explain).catch(() => {});
}

/** Returns whether the page is on the machine of its author. */
export function isLocalPage(): boolean {
  return /^$|^127|(localhost|test|])$/.test(location.hostname);
}
