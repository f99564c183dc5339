import { type Answer, seeOther } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { pageAnswer } from "../pages/layout.ts";
import { type Markup, markup } from "../pages/markup.ts";
import { messageView } from "../pages/message-view.ts";
import { connectionChanged } from "../payment-links/connection-changed.ts";
import type { Connection, ConnectionStatus } from "../state/state.ts";
import type { World } from "../world.ts";

/** How a merchant can leave the provider's pages. The first is what the Enter key means. */
const OUTCOMES = [
  { status: "enabled", label: "Finish", style: "" },
  { status: "pending", label: "Finish later", style: "secondary" },
  { status: "disabled", label: "Refuse", style: "secondary" },
] as const;

const STATUS_IN_WORDS: Readonly<Record<ConnectionStatus, string>> = {
  enabled: "Connected",
  pending: "Not finished: the provider waits for more",
  disabled: "Refused",
  not_connected: "Not connected yet",
};

/** `GET /onboarding/{uuid}`: stands for the provider's pages, where a merchant finishes connecting. */
export function showOnboarding(world: World, call: Call): Answer {
  const connection = find(world, call);
  if (connection === undefined) return missingPage();
  return pageAnswer(200, "Connect to the payment provider", onboardingForm(world, connection));
}

/** `POST /onboarding/{uuid}`: the connection gets the status that was chosen, and the merchant goes back to the partner. */
export function submitOnboarding(world: World, call: Call): Answer {
  const connection = find(world, call);
  if (connection === undefined) return missingPage();
  const asked = new URLSearchParams(call.text).get("outcome") ?? OUTCOMES[0].status;
  const outcome = OUTCOMES.find(({ status }) => status === asked);
  if (outcome === undefined) return seeOther(onboardingPath(connection));
  const wasEnabled = connection.status === "enabled";
  connection.status = outcome.status;
  connectionChanged(world, wasEnabled);
  const { partner_callback_url } = connection;
  return seeOther(partner_callback_url === null ? onboardingPath(connection) : new URL(partner_callback_url).href);
}

function onboardingForm(world: World, connection: Connection): Markup {
  const { name, bank_accounts } = world.store.state.organization;
  const account = bank_accounts.find(({ id }) => id === connection.bank_account_id);
  return markup`<section class="card single" aria-labelledby="connect">
<h1 class="headline" id="connect">Get paid by payment links</h1>
<p class="lead">The payment provider would now ask who is behind ${name}. Choose how that ends.</p>
<dl class="facts">
<div><dt>Account</dt><dd>${account?.name ?? ""}<div class="soft">${grouped(account?.iban ?? "")}</div></dd></div>
<div><dt>Status</dt><dd>${STATUS_IN_WORDS[connection.status]}</dd></div>
</dl>
<form method="post" action="${onboardingPath(connection)}">
<div class="decision">
${OUTCOMES.map(
  ({
    status,
    label,
    style,
  }) => markup`<button class="${style}" type="submit" name="outcome" value="${status}">${label}</button>
`,
)}</div>
</form>
</section>`;
}

/** An IBAN as people read it: in groups of four. */
function grouped(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, "$1 ");
}

function onboardingPath({ id }: Connection): string {
  return `/onboarding/${id}`;
}

function missingPage(): Answer {
  const text = "There is no connection at this address.";
  return pageAnswer(404, "Not found", messageView({ title: "Not found", text, mood: "bad" }));
}

function find(world: World, call: Call): Connection | undefined {
  const { connection } = world.store.state;
  return connection !== null && connection.id === call.params["id"] ? connection : undefined;
}
