import type { VendureLogger } from "@vendure/core";

/** Keeps what the shop's log says of warnings and errors, for tests to read. */
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
