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
  /** Whether `run` returns a number of lines, by which its time is divided. */
  readonly isPerLine?: true;
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

/** Reads the first records of an export. @returns their number: 500, or fewer if the merchant has fewer. */
async function readPartOfExport({ api }: MeasuredMerchant): Promise<number> {
  const response = await api.open(`export?after=settings:${Date.now()}:`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let lines = 0;
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    lines += part.value.split("\n").length - 1;
    if (lines >= 500) break;
  }
  await reader?.cancel();
  return lines;
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
  { name: "export, for each line", run: readPartOfExport, isPerLine: true },
  read("dead deliveries", ({ endpoint }) => `${endpoint}/deliveries?status=dead`),
  ...LISTS.map((query) => read(`list ${query}`, `checkouts?${query}`)),
];
