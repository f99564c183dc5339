import { callAsServer, type ServerCall } from "../support/server.ts";
import { secretKeyOf } from "../support/shop.ts";
import { keyOfStranger, type Names } from "./shops.ts";

/** An attack by another actor with a merchant's identifiers. */
export interface Attack {
  readonly by: string;
  /** @param names the victim's identifiers, or those of `PHANTOM`. */
  readonly try: (names: Names) => Promise<Response>;
  readonly status: number;
  readonly code?: string;
  /** Fields of the answer with the attacker's own data. */
  readonly own?: object;
  /** The attack creates data of the attacker, which other attacks must not find. Shops are opened for it alone. */
  readonly makesOwn?: true;
  /** The attack must not cause a call to Qonto. */
  readonly isKeptFromQonto?: true;
}

/** The kind of key that a route requires. */
export type Keyed = "secret key" | "publishable key" | "admin key" | "none";

/** The attacks on a route. */
export interface Target {
  readonly keyed: readonly Keyed[];
  readonly attacks: readonly Attack[];
}

/** Calls with the key of another connected merchant. */
export function asOther(method: string, path: string, call: Omit<ServerCall, "key"> = {}): Promise<Response> {
  return callAsServer(method, path, { ...call, key: secretKeyOf("other") });
}

/** Calls with the valid key of a merchant without a consent, for whom Qonto must not be called. */
export function asStranger(method: string, path: string, call: Omit<ServerCall, "key"> = {}): Promise<Response> {
  return callAsServer(method, path, { ...call, key: keyOfStranger() });
}

/** Returns an attack on an identifier of the victim with another merchant's key. */
export function withName(method: string, path: (names: Names) => string, status: number, code: string): Attack {
  return {
    by: "another merchant's key",
    try: (names) => asOther(method, path(names)),
    status,
    code,
  };
}
