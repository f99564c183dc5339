import { randomUUID } from "node:crypto";
import { errorShape, fieldsOf, listOf, recordOf, summaryOf, wordOf } from "../answer.ts";
import { type Facts, type ProbeContext, Skipped } from "../probe.ts";
import { linkOf } from "../qonto-api.ts";
import { endOf, lifeOf, requireLink } from "./watch-payment.ts";

/** 2: the life of a link. */
export async function liveOnce({ api, target }: ProbeContext): Promise<Facts> {
  const { answer, link } = await api.createLink();
  if (link === null) return { create: summaryOf(answer) };
  const read = await api.read(link);
  const deactivated = await api.deactivate(link);
  const again = await api.deactivate(link);
  if (target.events !== null) await target.wait(1_000);
  const event = recordOf(target.events?.about(link.id)[0]?.body["data"]);
  return {
    create: summaryOf(answer),
    "create: shape": shapeOf(answer.body),
    "create: fields": fieldsOf(link.body),
    expiration_date: endOf(link.body["expiration_date"]),
    "life of a link": lifeOf(link.body),
    "url: host": new URL(link.url).host.replace(/^localhost:\d+$/, "localhost"),
    "url: path": placeOf(link.url),
    "id: version of UUID": /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])/.exec(link.id)?.[1] ?? "none",
    "vat_rate 20 is echoed as": wordOfNumber(listOf(link.body["items"])[0]?.["vat_rate"]),
    read: summaryOf(read),
    "read: shape": shapeOf(read.body),
    deactivate: summaryOf(deactivated),
    "deactivate: shape": shapeOf(deactivated.body),
    "deactivate: status of the link": wordOf(linkOf(deactivated.body)["status"]),
    "deactivate again": summaryOf(again),
    ...(target.events === null ? {} : { "event: expired_at": endOf(event["expired_at"]) }),
  };
}

/** 4: whether a return address can be requested. */
export async function askWayBack({ api, target }: ProbeContext): Promise<Facts> {
  const facts: Record<string, string> = {};
  for (const field of ["redirect_url", "success_url", "return_url", "partner_callback_url"]) {
    const { answer, link } = await api.createLink({ more: { [field]: "https://example.com/back" } });
    facts[field] = summaryOf(answer);
    facts[`${field} is echoed`] = String(field in linkOf(answer.body));
    if (field === "redirect_url" && link !== null) {
      const seen = await target.person.choose(`Pay ${link.url} and look at the last page. Does it offer a way back?`, [
        "y",
        "n",
      ]);
      if (seen !== null) facts["the last page offers a way back"] = seen;
    }
  }
  return facts;
}

const BASKETS: readonly (readonly [string, readonly (readonly [quantity: number, price: string, rate: string])[]])[] = [
  ["3 x 0.10 @ 5.5", [[3, "0.10", "5.5"]]],
  ["3 x 33.33 @ 20", [[3, "33.33", "20"]]],
  ["0.5 x 9.99 @ 10", [[0.5, "9.99", "10"]]],
  [
    "0.03 @ 20 and 0.03 @ 20",
    [
      [1, "0.03", "20"],
      [1, "0.03", "20"],
    ],
  ],
  ["1.234 x 1.00 @ 20", [[1.234, "1.00", "20"]]],
  ["232.95 @ 10", [[1, "232.95", "10"]]],
];

/** 6: how amounts are rounded. Needs no payment. */
export async function round({ api }: ProbeContext): Promise<Facts> {
  const facts: Record<string, string> = {};
  for (const [name, lines] of BASKETS) {
    const items = lines.map(([quantity, value, vat_rate]) => ({
      title: "Probe",
      quantity,
      unit_price: { value, currency: "EUR" },
      vat_rate,
    }));
    const { answer, link } = await api.createLink({ items });
    facts[name] = link === null ? summaryOf(answer) : wordOfNumber(recordOf(link.body["amount"])["value"]);
    if (link !== null) await api.deactivate(link);
  }
  return facts;
}

/** 7: whether an idempotency key has an effect. */
export async function repeatCreate({ api }: ProbeContext): Promise<Facts> {
  const idempotencyKey = randomUUID();
  const first = await api.createLink({ idempotencyKey });
  const same = await api.createLink({ idempotencyKey });
  const items = [
    { title: "Another probe", quantity: 1, unit_price: { value: "0.50", currency: "EUR" }, vat_rate: "20" },
  ];
  const other = await api.createLink({ idempotencyKey, items });
  if (first.link === null) return { create: summaryOf(first.answer) };
  return {
    "same key, same body":
      same.link === null ? summaryOf(same.answer) : same.link.id === first.link.id ? "the same link" : "another link",
    "same key, other body":
      other.link === null
        ? summaryOf(other.answer)
        : other.link.id === first.link.id
          ? "the same link"
          : "another link",
  };
}

/** 11: links for invoices. */
export async function payInvoice({ api, target }: ProbeContext): Promise<Facts> {
  const potential_payment_methods = (await api.methods()).slice(0, 1);
  const ask = async (invoice: { readonly id: string; readonly number: string; readonly amount: string }) => {
    const payment_link = {
      potential_payment_methods,
      invoice_id: invoice.id,
      invoice_number: invoice.number,
      debitor_name: "Probe",
      amount: { value: invoice.amount, currency: "EUR" },
    };
    const answer = await api.call("POST", "/v2/payment_links", { payment_link });
    const link = api.track(answer);
    if (link !== null) await api.deactivate(link);
    return summaryOf(answer);
  };
  const facts: Record<string, string> = {
    "an invoice that does not exist": await ask({ id: randomUUID(), number: "PROBE-0001", amount: "0.96" }),
  };
  if (target.invoice === null) return facts;
  facts["the given invoice"] = await ask(target.invoice);
  facts["the given invoice over another amount"] = await ask({ ...target.invoice, amount: "0.50" });
  return facts;
}

const FILTERS = [
  "status[]=paid",
  "status=paid",
  "status[]=nonsense",
  "page=999999",
  "current_page=2&per_page=1",
  "page=2&per_page=1",
  "per_page=1000",
  "sort_by=expiration_date:desc",
  "sort_by=nonsense",
];

/** 12: the effect of a list's query. */
export async function filterLists({ api }: ProbeContext): Promise<Facts> {
  const facts: Record<string, string> = {};
  for (const query of FILTERS) {
    const answer = await api.call("GET", `/v2/payment_links?${query}`);
    const { payment_links, meta } = recordOf(answer.body);
    const statuses = [...new Set(listOf(payment_links).map((link) => wordOf(link["status"])))];
    facts[query] = summaryOf(answer);
    if (query.startsWith("status") && answer.status === 200) {
      facts[`${query}: only paid`] = String(statuses.every((status) => status === "paid"));
    }
    if (query.includes("page=2")) facts[`${query}: meta.current_page`] = wordOf(recordOf(meta)["current_page"]);
    if (query === "page=999999") facts[`${query}: links`] = String(listOf(payment_links).length);
    if (query.endsWith("date:desc")) {
      const times = listOf(payment_links).map((link) => Date.parse(String(link["created_at"])));
      facts[`${query}: newest first`] =
        times.length < 2
          ? "unknown"
          : String(times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time)));
      facts["list: fields of meta"] = fieldsOf(meta);
    }
  }
  return facts;
}

/** 8: the status of an organization: the feature, the connection, the methods. */
export async function readStanding({ api }: ProbeContext): Promise<Facts> {
  const facts: Record<string, string> = {};
  for (const path of ["", "/connections", "/payment_methods"]) {
    const answer = await api.call("GET", `/v2/payment_links${path}`);
    facts[`GET /v2/payment_links${path}`] = summaryOf(answer);
    if (answer.status >= 400) facts[`GET /v2/payment_links${path}: error shape`] = errorShape(answer.body);
  }
  const unknown = await api.call("GET", `/v2/payment_links/${randomUUID()}`);
  return {
    ...facts,
    "a link that does not exist": summaryOf(unknown),
    "a link that does not exist: error shape": errorShape(unknown.body),
  };
}

const LONG: readonly (readonly [string, object])[] = [
  ["title of 300", { title: "t".repeat(300) }],
  ["description of 2,000", { description: "d".repeat(2_000) }],
  ["emoji", { title: "Probe 🦊" }],
  ["line break", { title: "Probe\nof a line break" }],
  ['vat_rate "5.5"', { vat_rate: "5.5" }],
  ['vat_rate "0"', { vat_rate: "0" }],
  ['vat_rate "-1"', { vat_rate: "-1" }],
  ['vat_rate "0.2"', { vat_rate: "0.2" }],
  ["negative price", { unit_price: { value: "-0.80", currency: "EUR" } }],
  ["total of zero", { unit_price: { value: "0.00", currency: "EUR" } }],
];

/** 17: the limits of texts and numbers. */
export async function tryLimits({ api }: ProbeContext): Promise<Facts> {
  const facts: Record<string, string> = {};
  for (const [name, change] of LONG) {
    const item = {
      title: "Probe",
      quantity: 1,
      unit_price: { value: "0.80", currency: "EUR" },
      vat_rate: "20",
      ...change,
    };
    const { answer, link } = await api.createLink({ items: [item] });
    facts[name] = summaryOf(answer);
    if (link === null) continue;
    facts[`${name}: amount`] = wordOfNumber(recordOf(link.body["amount"])["value"]);
    const kept = listOf(link.body["items"])[0];
    if ("title" in change) facts[`${name}: kept as sent`] = String(kept?.["title"] === change.title);
    if ("description" in change) facts[`${name}: kept as sent`] = String(kept?.["description"] === change.description);
    await api.deactivate(link);
  }
  return facts;
}

/** 16: whether the methods depend on the amount. */
export async function readMethods({ api }: ProbeContext): Promise<Facts> {
  const facts: Record<string, string> = {};
  for (const [name, query] of [
    ["without amount", ""],
    ["0.50 EUR", "?amount=0.50&currency=EUR"],
    ["20,000.00 EUR", "?amount=20000.00&currency=EUR"],
    ["amount without currency", "?amount=0.50"],
  ] as const) {
    const answer = await api.call("GET", `/v2/payment_links/payment_methods${query}`);
    const methods = listOf(recordOf(answer.body)["payment_link_payment_methods"]);
    const enabled = methods.filter((method) => method["enabled"] === true).map((method) => wordOf(method["name"]));
    facts[name] = answer.status === 200 ? enabled.join(" ") || "none" : summaryOf(answer);
  }
  return facts;
}

/**
 * 18: the headers and body of a 429. Never in production, and only when requested: it slows down everything of this
 * address.
 */
export async function flood({ api, target }: ProbeContext): Promise<Facts> {
  if (!target.allows.flood) throw new Skipped("needs --flood");
  const link = await requireLink({ api, target });
  for (let batch = 0; batch < 24; batch += 1) {
    // With a valid token: more than 200 answers of 401 in an hour would block everything of this address.
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => api.call("GET", `/v2/payment_links/${link.id}`, undefined, { isPaced: false })),
    );
    const limited = answers.find(({ status }) => status === 429);
    if (limited === undefined) continue;
    await target.wait(600_000);
    return {
      "too many requests": summaryOf(limited),
      "Retry-After": /^\d+$/.test(limited.retryAfter ?? "")
        ? "seconds"
        : limited.retryAfter === null
          ? "absent"
          : "a date",
    };
  }
  return { "too many requests": "no 429 within 1,200 requests" };
}

function shapeOf(body: unknown): string {
  return "payment_link" in recordOf(body) ? "enveloped" : "id" in recordOf(body) ? "bare" : "none";
}

/** Returns a path without the parts that differ between links. */
function placeOf(url: string): string {
  const { pathname, searchParams } = new URL(url);
  const path = pathname
    .split("/")
    .map((part) => (/^[a-z-]{0,30}$/.test(part) ? part : "{id}"))
    .join("/");
  return [
    path,
    [...searchParams.keys()]
      .toSorted()
      .map((name) => `${name}={id}`)
      .join("&"),
  ]
    .filter(Boolean)
    .join("?");
}

function wordOfNumber(value: unknown): string {
  return typeof value === "string" && /^-?\d{1,9}(\.\d{1,4})?$/.test(value) ? value : wordOf(value);
}
