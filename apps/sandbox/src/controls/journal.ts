import type { IncomingHttpHeaders } from "node:http";
import type { OperationName } from "../api/operation-name.ts";
import type { ReceivedCall } from "../http/server.ts";

/** A request that the sandbox received. */
export interface JournalEntry {
  /** The sandbox's time, ISO 8601. */
  readonly at: string;
  /** Null for a page and for an unknown request. */
  readonly operation: OperationName | null;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed if it is JSON or a form; null for a page, whose form may contain a card number. */
  readonly body: unknown;
  /** Null until the answer, and for a dropped connection. */
  status: number | null;
}

const MAX_ENTRIES = 20_000;
const MASK = "***";
const SECRET_HEADERS = ["authorization", "x-qonto-staging-token", "cookie"];
const SECRET_FIELDS = ["client_secret", "code", "code_verifier", "refresh_token", "token", "secret"];

/** The last 20,000 requests, oldest first, with secrets masked. Kept in memory. */
export class Journal {
  #entries: JournalEntry[] = [];

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  add(at: string, operation: OperationName | null, call: ReceivedCall): JournalEntry {
    const entry: JournalEntry = {
      at,
      operation,
      method: call.method,
      path: call.path,
      query: call.query.toString(),
      headers: masked(call.headers, SECRET_HEADERS),
      body: operation === null ? null : readBody(call),
      status: null,
    };
    if (this.#entries.length >= MAX_ENTRIES) this.#entries.shift();
    this.#entries.push(entry);
    return entry;
  }

  clear(): void {
    this.#entries = [];
  }
}

function readBody(call: ReceivedCall): unknown {
  if (call.text === "") return null;
  const value = parseJson(call.text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return masked(value, SECRET_FIELDS);
  if (value !== undefined) return value;
  const isForm = call.path.startsWith("/oauth2/");
  return isForm ? masked(Object.fromEntries(new URLSearchParams(call.text)), SECRET_FIELDS) : call.text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function masked<T extends object>(record: T, secrets: readonly string[]): T {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, secrets.includes(name) ? MASK : value]),
  ) as T;
}
