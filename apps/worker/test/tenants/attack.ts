import { callAsServer, type ServerCall } from "../support/server.ts";
import { secretKeyOf } from "../support/shop.ts";
import { keyOfStranger, type Names } from "./shops.ts";

/** What somebody else tries with the names of a merchant's. */
export interface Attack {
  readonly by: string;
  /** @param names the victim's, or those of nobody. */
  readonly try: (names: Names) => Promise<Response>;
  readonly status: number;
  readonly code?: string;
  /** What the answer has of the attacker's own. */
  readonly own?: object;
  /** It makes something of the attacker's own, which others must not find: its shops are opened for it alone. */
  readonly makesOwn?: true;
  /** Nothing may be asked of Qonto for it. */
  readonly isKeptFromQonto?: true;
}

/** Whom a route asks for a key. */
export type Keyed = "secret key" | "publishable key" | "admin key" | "none";

/** A route, and what is tried at it. */
export interface Target {
  readonly keyed: readonly Keyed[];
  readonly attacks: readonly Attack[];
}

/** By the key of a merchant who is connected as well. */
export function asOther(method: string, path: string, call: Omit<ServerCall, "key"> = {}): Promise<Response> {
  return callAsServer(method, path, { ...call, key: secretKeyOf("other") });
}

/** By a key that is good, of a merchant for whom nothing may be asked of Qonto. */
export function asStranger(method: string, path: string, call: Omit<ServerCall, "key"> = {}): Promise<Response> {
  return callAsServer(method, path, { ...call, key: keyOfStranger() });
}

/** Names of the victim's, with another merchant's key. */
export function withName(method: string, path: (names: Names) => string, status: number, code: string): Attack {
  return {
    by: "another merchant's key",
    try: (names) => asOther(method, path(names)),
    status,
    code,
  };
}
