import { linkOf, type ProbeLink } from "../qonto-api.ts";
import { listOf, recordOf, wordOf } from "../answer.ts";
import type { Facts, ProbeContext } from "../probe.ts";
import { Skipped } from "../probe.ts";

/** Reads a link and its payments until nothing changed for a third of the time, or the time is over. */
async function watch(
  { api, target }: ProbeContext,
  link: ProbeLink,
): Promise<{ statuses: string[]; payments: string[] }> {
  const statuses: string[] = [];
  const payments: string[] = [];
  const { forMs, everyMs } = target.watch;
  for (let elapsed = 0, changedAt = 0; elapsed - changedAt <= forMs / 3 && elapsed < forMs; elapsed += everyMs) {
    const status = wordOf(linkOf((await api.read(link)).body)["status"]);
    const listed = listOf(recordOf((await api.payments(link)).body)["payments"]);
    const now =
      listed
        .map((payment) => wordOf(payment["status"]))
        .toSorted()
        .join("+") || "none";
    if (status !== statuses.at(-1) || now !== payments.at(-1)) changedAt = elapsed;
    if (status !== statuses.at(-1)) statuses.push(status);
    if (now !== payments.at(-1)) payments.push(now);
    await target.wait(everyMs);
  }
  return { statuses, payments };
}

/** Returns the events about a link: `created:open updated:paid`. */
async function eventsAbout({ target }: ProbeContext, link: ProbeLink): Promise<Facts> {
  if (target.events === null) return {};
  await target.wait(1_000);
  const events = target.events.about(link.id).map(({ body }) => recordOf(body["data"]));
  return {
    events: events.map((data) => `${wordOf(data["event"])}:${wordOf(data["status"])}`).join(" ") || "none",
    "first event: expired_at": endOf(events[0]?.["expired_at"]),
  };
}

/** Returns how Qonto shows an expiration date: as a date, as the zero date, or not at all. */
export function endOf(value: unknown): string {
  if (value === undefined) return "absent";
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) return "unreadable";
  return time <= 0 ? "zero date" : "a date";
}

/** Returns the days from a link's creation to its expiration. */
export function lifeOf(link: Readonly<Record<string, unknown>>): string {
  const [from, to] = [Date.parse(String(link["created_at"])), Date.parse(String(link["expiration_date"]))];
  return Number.isNaN(from) || Number.isNaN(to) || to <= 0 ? "unknown" : `${Math.round((to - from) / 86_400_000)} days`;
}

export async function requireLink(context: ProbeContext, request = {}): Promise<ProbeLink> {
  const { link, answer } = await context.api.createLink(request);
  if (link === null) throw new Skipped(`no link could be created (Qonto answered ${answer.status})`);
  return link;
}

async function requirePaid(
  { target }: ProbeContext,
  link: ProbeLink,
  status: "paid" | "failed" = "paid",
): Promise<void> {
  if (!(await target.person.pay(link, status))) throw new Skipped("the link was not paid");
}

/** 1: the changes of a link while it is paid. */
export async function payOnce(context: ProbeContext): Promise<Facts> {
  const link = await requireLink(context);
  if (!context.target.isProduction) await requirePaid(context, link, "failed");
  const failed = context.target.isProduction ? null : await watch(context, link);
  await requirePaid(context, link);
  const paid = await watch(context, link);
  const again = await context.api.deactivate(link);
  return {
    ...(failed === null
      ? {}
      : {
          "after a failed try: link": failed.statuses.join(" → "),
          "after a failed try: payments": failed.payments.join(" → "),
        }),
    "after payment: link": paid.statuses.at(-1) ?? "none",
    "after payment: payments": paid.payments.at(-1) ?? "none",
    "deactivating a paid link": String(again.status),
    ...(await eventsAbout(context, link)),
  };
}

/** 9: a payment on a page that was open before the link was deactivated. */
export async function payDeactivated(context: ProbeContext): Promise<Facts> {
  const link = await requireLink(context);
  await context.target.person.choose("Open this page, fill in the card and do not send it yet. Ready?", ["y", "n"]);
  const { status } = await context.api.deactivate(link);
  const isPaid = await context.target.person.pay(link, "paid");
  if (!isPaid)
    return {
      "deactivating a link whose page is open": String(status),
      "paying it then": "not possible, or not tried",
    };
  const seen = await watch(context, link);
  return {
    "deactivating a link whose page is open": String(status),
    "link after a late payment": seen.statuses.at(-1) ?? "none",
    "payments after a late payment": seen.payments.at(-1) ?? "none",
    ...(await eventsAbout(context, link)),
  };
}

/** 10: a reusable link that is paid twice. */
export async function payTwice(context: ProbeContext): Promise<Facts> {
  const link = await requireLink(context, { reusable: true });
  await requirePaid(context, link);
  const first = await watch(context, link);
  const isPaidAgain = await context.target.person.pay(link, "paid");
  const second = isPaidAgain ? await watch(context, link) : null;
  const listed = listOf(recordOf((await context.api.payments(link)).body)["payments"]);
  const times = listed.map((payment) => Date.parse(String(payment["created_at"])));
  return {
    "link after the first payment": first.statuses.at(-1) ?? "none",
    "link after the second payment": second?.statuses.at(-1) ?? "not paid twice",
    payments: String(listed.length),
    "payments are newest first":
      times.length < 2
        ? "unknown"
        : String(times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time))),
    ...(await eventsAbout(context, link)),
  };
}
