/**
 * Calls one of the sandbox's own controls.
 *
 * @throws Error if the sandbox rejects the call.
 */
export async function controlSandbox(
  sandboxUrl: string,
  method: "DELETE" | "POST" | "PUT",
  control: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${sandboxUrl}/_sandbox/${control}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${control} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
