import { controlSandbox } from "@qonto-pay/local-stack/servers/control-sandbox.ts";
import { inject } from "vitest";

/** Calls a control of the sandbox. @throws Error if the sandbox rejects it. */
export function control(method: "POST" | "PUT", path: string, body: unknown): Promise<unknown> {
  return controlSandbox(inject("sandboxUrl"), method, path, body);
}

/** Pays a link, as a shopper does on Qonto's page. */
export function payAtQonto(linkId: string): Promise<unknown> {
  return control("POST", `payment_links/${linkId}/payments`, { status: "paid" });
}

/** Runs an action while no merchant has a connection at Qonto. */
export async function withoutConnection<Result>(act: () => Promise<Result>): Promise<Result> {
  await control("PUT", "connection", { status: null });
  try {
    return await act();
  } finally {
    await control("PUT", "connection", { status: "enabled" });
  }
}
