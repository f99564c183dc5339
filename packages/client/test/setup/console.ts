import { inject } from "vitest";

/** Signs a browser in to the console of the merchant with this key. Returns the id of its session. */
export async function signInToConsole(secretKey: string): Promise<string> {
  const workerUrl = inject("workerUrl");
  const response = await fetch(`${workerUrl}/v1/console/session`, {
    method: "POST",
    headers: { Origin: new URL(workerUrl).origin, "Qonto-Pay-Console": "1" },
    body: JSON.stringify({ secret_key: secretKey }),
  });
  const { id } = (await response.json()) as { id?: string };
  if (id === undefined) throw new Error(`the sign-in was rejected with ${response.status}`);
  return id;
}
