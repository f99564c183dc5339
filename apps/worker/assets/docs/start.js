/**
 * Shows `/openapi.json`. Nothing is loaded from, or sent to, anywhere else: what the renderer could do beyond is switched
 * off here, and forbidden by the page's Content-Security-Policy.
 */
globalThis.Scalar.createApiReference("#reference", {
  url: "/openapi.json",
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  // Nobody is to type a secret key into a page.
  hideTestRequestButton: true,
  persistAuth: false,
  showDeveloperTools: "never",
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultOpenAllTags: false,
});
