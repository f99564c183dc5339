import { type Answer, seeOther } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { connectionChanged } from "../payment-links/connection-changed.ts";
import type { Connection } from "../state/state.ts";
import type { World } from "../world.ts";
import { pageAnswer } from "./layout.ts";
import { markup } from "./markup.ts";
import { missingView } from "./result-view.ts";

/** `GET /onboarding/{uuid}`: stands for the provider's pages, where a merchant finishes connecting. */
export function showOnboarding(world: World, call: Call): Answer {
  const connection = find(world, call);
  if (connection === undefined) return pageAnswer(404, "Not found", missingView());
  const account = world.store.state.organization.bank_accounts.find(({ id }) => id === connection.bank_account_id);
  return pageAnswer(
    200,
    "Connect to the payment provider",
    markup`<section class="card single">
<h1>Connect ${world.store.state.organization.name}</h1>
<p class="soft">The payment provider would now ask who you are. Payments will go to ${account?.iban ?? ""}.</p>
<form method="post" action="/onboarding/${connection.id}"><button type="submit">Finish</button></form>
</section>`,
  );
}

/** `POST /onboarding/{uuid}`: the connection is enabled, and the merchant goes back to the partner. */
export function finishOnboarding(world: World, call: Call): Answer {
  const connection = find(world, call);
  if (connection === undefined) return pageAnswer(404, "Not found", missingView());
  const wasEnabled = connection.status === "enabled";
  connection.status = "enabled";
  connectionChanged(world, wasEnabled);
  return seeOther(connection.partner_callback_url ?? `/onboarding/${connection.id}`);
}

function find(world: World, call: Call): Connection | undefined {
  const { connection } = world.store.state;
  return connection !== null && connection.id === call.params["id"] ? connection : undefined;
}
