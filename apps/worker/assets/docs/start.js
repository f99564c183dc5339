/**
 * Shows `/openapi.json`. Nothing is loaded from, or sent to, anywhere else: what the renderer could do beyond is switched
 * off here, and forbidden by the page's Content-Security-Policy.
 */
globalThis.Scalar.createApiReference("#reference", {
  url: "/openapi.json",
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  // A page must not ask for a secret key.
  hideTestRequestButton: true,
  persistAuth: false,
  showDeveloperTools: "never",
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultOpenAllTags: false,
});
