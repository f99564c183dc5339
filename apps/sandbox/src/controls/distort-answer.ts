import type { Money } from "@qonto-pay/core/money";
import { type Answer, html } from "../http/answer.ts";
import type { Fault } from "./faults.ts";
import { shiftAmount } from "./shift-amount.ts";

const HTML = "<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>";

/** Returns the answer changed by a fault: other values, another body, more headers. */
export function distortAnswer(answer: Answer, fault: Fault): Answer {
  const changed = distortBody(distortValues(answer, fault), fault.body);
  return { ...changed, headers: { ...changed.headers, ...lowerCased(fault.headers) } };
}

function distortBody(answer: Answer, body: Fault["body"]): Answer {
  switch (body) {
    case undefined:
      return answer;
    case "html":
      return html(answer.status, HTML);
    case "malformed_json":
      return { ...answer, text: `${answer.text.slice(0, -1)},` };
    case "cut":
      return { ...answer, cut: true };
    case "empty":
      return { ...answer, text: "" };
  }
}

function distortValues(answer: Answer, fault: Fault): Answer {
  const { amount_off_by, amount_as, unknown_enum, extra_fields } = fault;
  const touched = amount_off_by !== undefined || amount_as !== undefined || unknown_enum || extra_fields;
  if (!touched || answer.text === "") return answer;
  return { ...answer, text: JSON.stringify(distort(JSON.parse(answer.text), fault)) };
}

function distort(value: unknown, fault: Fault): unknown {
  if (Array.isArray(value)) return value.map((entry) => distort(entry, fault));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, distortField(name, field, fault)]);
  return Object.fromEntries(fault.extra_fields ? [...fields, ["added_later_by_qonto", { version: 3 }]] : fields);
}

function distortField(name: string, field: unknown, fault: Fault): unknown {
  if (name === "amount" && fault.amount_off_by !== undefined) return shiftAmount(field as Money, fault.amount_off_by);
  if (name === "amount" && fault.amount_as !== undefined) return otherAmount(field as Money, fault.amount_as);
  if (fault.unknown_enum) {
    if (name === "status") return "under_review";
    if (name === "resource_type") return "Quote";
    if (name === "potential_payment_methods") return [...(field as string[]), "bank_transfer"];
    if (name === "payment_link_payment_methods") {
      return [...(field as object[]), { name: "bank_transfer", enabled: true }];
    }
  }
  return distort(field, fault);
}

/** Returns an amount as another version of the API might write it. */
function otherAmount({ value, currency }: Money, form: NonNullable<Fault["amount_as"]>): unknown {
  switch (form) {
    case "number":
      return Number(value);
    case "null":
      return null;
    case "comma":
      return { value: value.replace(".", ","), currency };
  }
}

/**
 * Returns headers with lower-case names: Node joins headers whose names differ in case, but a fault must replace them.
 */
function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
