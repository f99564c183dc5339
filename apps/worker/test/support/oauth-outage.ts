import { vi } from "vitest";
import { untilAtRest } from "./object/merchant-object.ts";
import { control } from "./sandbox.ts";
import { KEY, pay } from "./shop.ts";

export const HOUR_MS = 3_600_000;

/** Advances the clock here and at Qonto. */
export async function letPass(milliseconds: number): Promise<void> {
  await control("POST", "clock", { advance_seconds: milliseconds / 1000 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

/** Advances the clock by an hour: the access token has expired, so that the next call needs a refresh. */
export async function letTheTokenEnd(): Promise<void> {
  await untilAtRest();
  await letPass(HOUR_MS);
}

export function payForMug(key = KEY): Promise<Response> {
  return pay({ publishable_key: key, product: "mug" });
}

/** Returns the log lines with a code, as an operator's log search finds them. */
export function watchLog(): { readonly codes: () => readonly string[]; readonly text: () => string } {
  const lines: string[] = [];
  for (const method of ["log", "error", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => void lines.push(line));
  }
  return {
    codes: () => lines.map((line) => (JSON.parse(line) as { code?: string }).code ?? ""),
    text: () => lines.join("\n"),
  };
}

/** Answers of another server in place of Qonto's OAuth. */
export const FOREIGN_ANSWERS = [
  ["HTML with 200", { body: "html" }],
  ["a redirect to a login", { status: 302, headers: { Location: "https://login.example/" } }],
  ["HTML with 403", { status: 403, body: "html" }],
  ["HTML with 404", { status: 404, body: "html" }],
  ["nothing at all", { body: "empty" }],
] as const;
