import { API_ERROR_TYPES, API_ERRORS, type ApiErrorCode } from "@qonto-pay/core/api";
import { type Html, html } from "../pages/html.ts";
import { documentedCodes } from "./documented-codes.ts";
import { ERROR_GUIDE } from "./error-guide.ts";
import type { Operations } from "./operation.ts";

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem; }
section { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding-block: 0.5rem; }
section:target { outline: 2px solid currentColor; outline-offset: 0.75rem; }
h2 { font-size: 1.1rem; }
code { overflow-wrap: anywhere; }
dt { font-weight: 600; }
ul { padding-left: 1.2rem; }
`;

/** The error codes, sorted by name. */
const CODES = (Object.keys(API_ERRORS) as ApiErrorCode[]).toSorted();

/** Returns the page `/docs/errors`: a section for each error code, to which the `doc_url` of an error links. */
export function errorReference(operations: Operations): string {
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Errors of the qonto-pay Worker API</title>
    <link rel="icon" href="data:," />
    <style>${STYLE}</style>
  </head>
  <body>
    <h1>Errors</h1>
    <p>Every error of the <a href="/docs">Worker API</a> has a <code>code</code>, which keeps its meaning in v1, and a <code>type</code>, which groups the codes by the required action. Quote the <code>request_id</code> when you ask for help.</p>
    <dl>
${Object.entries(API_ERROR_TYPES).map(
  ([type, meaning]) => html`      <dt><code>${type}</code></dt>
      <dd>${proseOf(meaning)}</dd>
`,
)}    </dl>
${CODES.map((code) => sectionOf(code, operations))}  </body>
</html>
`;
  return page.text;
}

function sectionOf(code: ApiErrorCode, operations: Operations): Html {
  const { type, status, message } = API_ERRORS[code];
  const { cause, remedy } = ERROR_GUIDE[code];
  const routes = Object.entries(operations).filter(([route, operation]) =>
    documentedCodes(route.split(" ")[0] ?? "", operation).includes(code),
  );
  const answeredBy =
    routes.length === Object.keys(operations).length
      ? html`    <p>Any request can get this error.</p>
`
      : html`    <ul>${routes.map(([route, { summary }]) => html`<li><code>${route}</code>: ${summary}</li>`)}</ul>
`;
  return html`    <section id="${code}">
    <h2><code>${code}</code></h2>
    <p>Status ${status}, <code>${type}</code>. Message: "${proseOf(message)}"</p>
    <p><strong>Cause.</strong> ${proseOf(cause)}</p>
    <p><strong>Remedy.</strong> ${proseOf(remedy)}</p>
${answeredBy}    </section>
`;
}

/** Returns a text with its parts between backticks as code. */
function proseOf(text: string): readonly Html[] {
  return text.split("`").map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}

/** Returns the document `docs/reference/errors.md`, with the same sections as the page `/docs/errors`. */
export function errorDocument(): string {
  const types = Object.entries(API_ERROR_TYPES).map(([type, meaning]) => `| \`${type}\` | ${meaning} |`);
  const sections = CODES.map((code) => {
    const { type, status, message } = API_ERRORS[code];
    const { cause, remedy } = ERROR_GUIDE[code];
    const facts = `Status ${status}, \`${type}\`. Message: "${message}"`;
    return `## ${code}\n\n${facts}\n\n**Cause.** ${cause}\n\n**Remedy.** ${remedy}\n`;
  });
  return `${INTRODUCTION}\n| type | remedy |\n| --- | --- |\n${types.join("\n")}\n\n${sections.join("\n")}`;
}

const INTRODUCTION = `# Errors

Each error of the Worker API is JSON of this form:

\`\`\`json
{
  "error": {
    "type": "invalid_request_error",
    "code": "quantity_out_of_range",
    "message": "This quantity can't be bought.",
    "doc_url": "https://pay.your-shop.eu/docs/errors#quantity_out_of_range",
    "request_id": "req_0123456789abcdefghij",
    "param": "items[0].quantity"
  }
}
\`\`\`

- **\`code\`** keeps its meaning in v1. This page has a section for each code.
- **\`type\`** groups the codes by the required action. Later codes also have one of these types.
- **\`message\`** is safe to show to a shopper. A call with a secret key often gets a message for developers instead.
- **\`doc_url\`** links to the section about the code at the Worker, which also lists the calls that answer it.
- **\`param\`** is the path of the field that caused the error, if there is one.
- **\`checkout_id\`**, with \`order_already_paid\`, is the checkout of the order that is paid or in progress.

Quote the \`request_id\` when you ask for help: the operator finds it in the log.
`;
