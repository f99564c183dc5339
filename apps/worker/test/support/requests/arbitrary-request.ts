import fc from "fast-check";
import type { Operation } from "../../../src/openapi/operation.ts";
import { OPERATIONS } from "./operations.ts";
import { arbitraryOf } from "./arbitrary-of-schema.ts";
import { schemaOf } from "./document-schema.ts";

/** A request to one of the operations that any client could send. */
export interface AnyRequest {
  readonly route: string;
  /** The path's parameter; null: the id of an existing object. */
  readonly pathValue: string | null;
  readonly query: readonly (readonly [string, string])[];
  /** Null: the correct one is sent. */
  readonly authorization: string | null;
  /** Whether the console sends it, in place of the merchant's server. */
  readonly byConsole: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", "..", "../..", "%00", "%", "a/b", "\u0000", "💥", "'; DROP TABLE checkouts; --", "null", "-1"),
  fc.constant("x".repeat(5000)),
);

/** Generates values with one part replaced, removed or added. */
function mutationOf(value: unknown, junk: unknown, picks: readonly number[]): unknown {
  const [pick = 0, ...further] = picks;
  if (typeof value !== "object" || value === null || picks.length === 0) return junk;
  if (Array.isArray(value)) {
    const at = pick % (value.length + 1);
    return value.toSpliced(at, 1, mutationOf(value[at], junk, further));
  }
  const names = Object.keys(value);
  const name = names[pick % (names.length + 1)];
  if (name === undefined) return { ...value, surprise: junk };
  const { [name]: field, ...rest } = value as Record<string, unknown>;
  return pick % 3 === 0 ? rest : { ...rest, [name]: mutationOf(field, junk, further) };
}

function bodyOf({ request }: Operation): fc.Arbitrary<string | null> {
  const rubbish = fc.oneof(fc.constant(null), oddText, fc.json(), fc.constant("[".repeat(3000)));
  if (request === undefined) return fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, rubbish);
  const good = fc.oneof(fc.constantFrom(...Object.values(request.examples)), arbitraryOf(schemaOf(request)));
  const picks = fc.array(fc.nat(20), { minLength: 1, maxLength: 5 });
  const bad = fc
    .tuple(good, fc.oneof(fc.jsonValue(), oddText), picks)
    .map(([body, ...how]) => mutationOf(body, ...how));
  const write = (body: unknown) =>
    request.isForm === true ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body);
  return fc.oneof(
    { weight: 4, arbitrary: good.map(write) },
    { weight: 5, arbitrary: bad.map((body) => JSON.stringify(body) ?? "") },
    { weight: 1, arbitrary: rubbish },
  );
}

function queryOf({ query, queryExample = {} }: Operation): fc.Arbitrary<readonly (readonly [string, string])[]> {
  const known = ["after", ...Object.keys(query?.shape ?? {})].flatMap((name) =>
    name === "status" ? [name, "status[]"] : [name],
  );
  const word = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, oddText);
  const sense = fc.constantFrom("1", "100", "open", "paid", "open,paid", "amount:asc", "2026-01-01T00:00:00Z", "mug");
  const values = fc.array(fc.tuple(word, fc.oneof(sense, oddText)), { maxLength: 4 });
  return fc.oneof(
    { weight: query === undefined ? 5 : 2, arbitrary: fc.constant(Object.entries(queryExample)) },
    values,
  );
}

/** Generates valid header values. */
const headerText = fc.stringMatching(/^[A-Za-z0-9 _.,;:=/*"'{}%-]{0,80}$/);

const oddHeaders = fc.dictionary(
  fc.constantFrom(
    "Idempotency-Key",
    "Content-Type",
    "Accept",
    "Origin",
    "Cookie",
    "Qonto-Pay-Console",
    "Sec-Fetch-Site",
    "X-Qonto-Signature",
    "X-Odd",
  ),
  fc.oneof(headerText, fc.constantFrom("text/event-stream", "null", "a".repeat(4000), "key-0000001", "t=1,v1=00")),
  { maxKeys: 3 },
);

const wrongKey = fc.oneof(
  headerText,
  fc.constantFrom("", "Bearer", "Bearer sk_live_demo_local_only", "Bearer sk_sandbox_demo_wrong_key", "Basic eDp5"),
);

/** Generates valid and invalid requests to all operations. */
export const anyRequest: fc.Arbitrary<AnyRequest> = fc
  .constantFrom(...Object.entries(OPERATIONS))
  .chain(([route, operation]) =>
    fc.record({
      route: fc.constant(route),
      pathValue: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, oddText),
      query: queryOf(operation),
      authorization: fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, wrongKey),
      byConsole: fc.boolean(),
      headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, oddHeaders),
      body: route.startsWith("GET") ? fc.constant(null) : bodyOf(operation),
    }),
  );
