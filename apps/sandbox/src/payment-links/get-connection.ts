import { notFound } from "../api/api-error.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Connection } from "../state/state.ts";
import type { World } from "../world.ts";

/** Handles `GET /v2/payment_links/connections`. Answers 404 before the first connection. */
export function getConnection(world: World): Answer {
  const { connection } = world.store.state;
  if (connection === null) throw notFound("Connection not found");
  const { connection_answer } = world.store.state.behaviour.switches;
  return json(200, connection_answer === "full" ? showConnection(world, connection) : { status: connection.status });
}

/** Returns the connection in Qonto's format: bare, with the address of the provider's onboarding. */
export function showConnection(world: World, { id, status, bank_account_id }: Connection): object {
  return { connection_location: `${world.origin}/onboarding/${id}`, status, bank_account_id };
}
