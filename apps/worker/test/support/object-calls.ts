import { env } from "cloudflare:test";
import type { Env } from "../../src/context/env.ts";

const ENV = env as unknown as Env;

/** Returns the Worker's bindings, and the methods that it calls on merchant objects through them. */
export function countObjectCalls(): { readonly bindings: Env; readonly called: string[] } {
  const called: string[] = [];
  const namespace = new Proxy(ENV.MERCHANT, {
    get(target, name) {
      if (name !== "getByName") throw new Error(`the Worker uses ${String(name)} of its namespace`);
      return (merchant: string) => {
        const object = target.getByName(merchant);
        return new Proxy(object, {
          get(_object, method) {
            called.push(String(method));
            // A stub's method must be called on the stub.
            return (...input: never[]) =>
              (object as unknown as Record<string, (...input: never[]) => unknown>)[String(method)]?.(...input);
          },
        });
      };
    },
  });
  return { bindings: { ...ENV, MERCHANT: namespace }, called };
}
