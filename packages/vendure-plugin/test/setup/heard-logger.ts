import type { VendureLogger } from "@vendure/core";

/** Records the warnings and errors of the shop's log. */
export class HeardLogger implements VendureLogger {
  readonly lines: string[] = [];

  error(message: string): void {
    this.lines.push(message);
  }

  warn(message: string): void {
    this.lines.push(message);
  }

  info(): void {}

  verbose(): void {}

  debug(): void {}
}
