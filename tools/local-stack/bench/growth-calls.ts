import type { WorkerApi } from "../merchants/worker-api.ts";

/** A merchant's API, and the number of its checkouts. */
export interface MeasuredMerchant {
  readonly size: number;
  readonly api: WorkerApi;
  /** The path of a webhook endpoint of this merchant. */
  readonly endpoint: string;
}

/** A call whose time must not depend on the number of checkouts. */
export interface MeasuredCall {
  readonly name: string;
  readonly run: (merchant: MeasuredMerchant) => Promise<unknown>;
  /** Merchants with fewer checkouts do less work in this call, so that their times say nothing about growth. */
  readonly leastSize?: number;
}

const ITEM = {
  title: "Estuary mug",
  quantity: 1,
  price: { value: "13.30", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "21.0",
};

function read(name: string, path: string | ((merchant: MeasuredMerchant) => string)): MeasuredCall {
  return { name, run: (merchant) => merchant.api.call("GET", typeof path === "string" ? path : path(merchant)) };
}

/** The records that the Worker reads at a time for an export. */
const PART = 500;

/** Reads a part of an export. @param after the checkout before it. */
async function readPart({ api }: MeasuredMerchant, after: string): Promise<void> {
  const response = await api.open(`export?after=checkout:${Date.now()}:${after}`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let lines = 0;
  while (lines < PART) {
    const part = await reader?.read();
    if (part?.done !== false) break;
    lines += part.value.split("\n").length - 1;
  }
  await reader?.cancel();
}

/** Returns the id of a seeded checkout. */
function seededId(number: number): string {
  return `co_${String(Math.max(0, number)).padStart(20, "0")}`;
}

/** The smallest call: it reads one row of each merchant. */
export const FLOOR: MeasuredCall = read("read a product (floor)", "products/mug");

/** The filters of `GET /v1/checkouts`, alone and combined: values of most checkouts, of few and of none. */
const LISTS = [
  "",
  "status[]=paid",
  "status[]=expired&status[]=canceled",
  "opened_by[]=offer",
  "opened_by[]=button&status[]=paid",
  "reference=donation",
  "reference=donation&status[]=paid",
  "metadata[channel]=web",
  "metadata[channel]=web&status[]=paid",
  "metadata[order_id]=5&metadata[channel]=web",
  "created_from=2026-01-01T00:00:01Z&created_before=2026-01-01T00:01:00Z",
  "created_before=2026-01-01T00:01:00Z&status[]=paid&opened_by[]=offer&metadata[channel]=web",
];

export const CALLS: readonly MeasuredCall[] = [
  {
    name: "mint",
    run: ({ api }) => api.call("POST", "checkouts", { body: { items: [ITEM], metadata: { channel: "web" } } }),
  },
  read("read a checkout", "checkouts/co_00000000000000000050"),
  read("events", "events"),
  read("events after one", "events?after=evt_00000000000000000050"),
  read("dead deliveries", ({ endpoint }) => `${endpoint}/deliveries?status=dead`),
  ...LISTS.map((query) => read(`list ${query}`, `checkouts?${query}`)),
  { name: "export, the first part", run: (merchant) => readPart(merchant, seededId(0)), leastSize: PART },
  {
    name: "export, the last checkouts",
    run: (merchant) => readPart(merchant, seededId(merchant.size - PART)),
    leastSize: PART,
  },
];
