/** Attribute values of an attacker who wants the button to navigate elsewhere or to run a script. */

const RUN = "globalThis.owned = true";

const SCHEMES = [
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  `java\nscript:${RUN}`,
  `\u0001javascript:${RUN}`,
  ` javascript:${RUN}//`,
  `javascript://pay.qonto.com/%0a${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `data:text/javascript,${RUN}`,
  `data:application/json,${JSON.stringify({ id: "x", status: "open", url: "https://evil.example/", status_token: "t", amount: { value: "1.00", currency: "EUR" }, expires_at: "2099-01-01T00:00:00Z" })}#`,
  `vbscript:${RUN}`,
  "blob:https://evil.example/8a3c",
  "file:///etc/passwd",
  "filesystem:https://evil.example/temporary/x",
  "about:blank",
  "mailto:owner@evil.example",
  "tel:+3312345678",
  "ws://evil.example",
  "ftp://evil.example/",
  "view-source:https://evil.example/",
  "intent://evil.example#Intent;scheme=https;end",
];

const HOSTS = [
  "https://evil.example",
  "//evil.example",
  "\\\\evil.example",
  "/\\evil.example",
  "https:evil.example",
  "https:/evil.example",
  "https:///evil.example",
  "https://",
  "https://pay.qonto.com@evil.example",
  "https://pay.qonto.com:pass@evil.example",
  "https://pay.qonto.com%2f@evil.example",
  "https://pay.qonto.com.evil.example",
  "https://pay-qonto.com",
  "https://pay.qont\u043e.com",
  "https://pay\u3002qonto\u3002com.evil.example",
  "https://evil.example#https://pay.qonto.com",
  "https://evil.example?https://pay.qonto.com",
  "https://evil.example\\@pay.qonto.com",
  "https://evil.example%00.pay.qonto.com",
  "https://[::ffff:7f00:1]:1",
  "https://0x7f.1:1",
  "https://evil.example:443:80",
  "https://evil.example:99999",
];

const TEXTS = [
  "\u0000",
  "\u0001\u0002\u0003\u001f\u007f",
  "mug\r\nX-Injected: yes",
  "\u202egum",
  "\ud800",
  "\ufeff",
  "\u200b",
  "%00",
  "%0d%0a",
  "../../../etc/passwd",
  "..%2f..%2f",
  "?key=pk_live_other",
  "#fragment",
  "&product=other",
  "' OR 1=1 --",
  "{{constructor.constructor('globalThis.owned = true')()}}",
  "${globalThis.owned = true}",
];

const MARKUP = [
  `<script>${RUN}</script>`,
  `"><script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `'><svg onload="${RUN}">`,
  `<iframe srcdoc="<script>parent.owned = true</script>"></iframe>`,
  `</style><script>${RUN}</script>`,
  `red; background: url(https://evil.example/)`,
  `<!--`,
  `&lt;img src=x onerror=${RUN}&gt;`,
  `<a href="javascript:${RUN}">Pay</a>`,
];

const NAMES = [
  "constructor",
  "__proto__",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__defineGetter__",
  "then",
  "toJSON",
  "length",
];

const JSON_TEXTS = [
  "null",
  "true",
  "7",
  `"text"`,
  "[]",
  "{}",
  "[null]",
  "[[[[]]]]",
  `{"__proto__": {"polluted": true, "pay": "x"}}`,
  `{"constructor": {"prototype": {"polluted": true}}}`,
  `{"toJSON": 1, "toString": 1, "valueOf": 1}`,
  `{"pay": null}`,
  `{"pay": {"toString": null}}`,
  `{"pay": ["<script>"]}`,
  `[{"product": {"toString": 1}}]`,
  `[{"product": "mug", "quantity": 1e400}]`,
  `[{"product": "mug", "__proto__": {"price": 0}}]`,
  `{"length": 1, "0": {"product": "mug"}}`,
  `[${"[".repeat(50_000)}${"]".repeat(50_000)}]`,
  "{",
  "[1,",
];

const NUMBERS = [
  "-1",
  "0",
  "1e400",
  "NaN",
  "Infinity",
  "-0",
  "0x10",
  "1e-7",
  "1,5",
  "9007199254740993",
  "٣",
  "１",
  " 2 ",
];

const OFFERS = [
  "e30.bnVsbA.c2ln",
  "e30.W10.c2ln",
  "e30.ImEi.c2ln",
  "e30.NQ.c2ln",
  "...",
  "e30.%%%.c2ln",
  "e30.eyJjaGVja291dCI6bnVsbH0.c2ln",
];

const HUGE = ["x".repeat(200_000), "<".repeat(100_000), "9".repeat(100_000), "\u0000".repeat(10_000)];

export const HOSTILE_VALUES: readonly string[] = [
  ...SCHEMES,
  ...HOSTS,
  ...TEXTS,
  ...MARKUP,
  ...NAMES,
  ...JSON_TEXTS,
  ...NUMBERS,
  ...OFFERS,
  ...HUGE,
];

/** All attributes that the button reads. */
export const ATTRIBUTES = [
  "publishable-key",
  "product",
  "quantity",
  "amount",
  "items",
  "offer",
  "reference",
  "mode",
  "label",
  "methods",
  "messages",
  "endpoint",
  "lang",
  "theme",
  "size",
  "show-amount",
  "disabled",
] as const;
