import { type Answer, seeOther } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { pageAnswer } from "../pages/layout.ts";
import { type Markup, markup } from "../pages/markup.ts";
import { messageView } from "../pages/message-view.ts";
import { connectionChanged } from "../payment-links/connection-changed.ts";
import type { Connection, ConnectionStatus } from "../state/state.ts";
import type { World } from "../world.ts";

/** The results that a merchant can choose on the provider's page. The Enter key means the first. */
const OUTCOMES = [
  { status: "enabled", label: "Finish", style: "" },
  { status: "pending", label: "Finish later", style: "secondary" },
  { status: "disabled", label: "Refuse", style: "secondary" },
] as const;

const STATUS_IN_WORDS: Readonly<Record<ConnectionStatus, string>> = {
  enabled: "Connected",
  pending: "Not finished: the provider needs more information",
  disabled: "Refused",
  not_connected: "Not connected yet",
};

/** Handles `GET /onboarding/{uuid}`: stands for the provider's pages, on which a merchant completes the connection. */
export function showOnboarding(world: World, call: Call): Answer {
  const connection = find(world, call);
  if (connection === undefined) return missingPage();
  return pageAnswer(200, "Connect to the payment provider", onboardingForm(world, connection));
}

/** Handles `POST /onboarding/{uuid}`: sets the chosen status and redirects the merchant to the partner. */
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
<p class="lead">The payment provider would now ask who owns and runs ${name}. Choose the result.</p>
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

/** Returns an IBAN in groups of four. */
function grouped(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, "$1 ");
}

function onboardingPath({ id }: Connection): string {
  return `/onboarding/${id}`;
}

function missingPage(): Answer {
  const text = "No connection exists at this address.";
  return pageAnswer(404, "Not found", messageView({ title: "Not found", text, mood: "bad" }));
}

function find(world: World, call: Call): Connection | undefined {
  const { connection } = world.store.state;
  return connection !== null && connection.id === call.params["id"] ? connection : undefined;
}
