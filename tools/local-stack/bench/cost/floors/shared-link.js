import { Router } from "itty-router";

/**
 * The floor of a repeated shared link: a redirect from the memory of the isolate, under a deadline. It makes no call at
 * all.
 */

const links = new Map();

const router = Router();
router.get("/pay/:key/:product", ({ params: { key, product } }) => {
  const link = links.get(`${key}/${product}`);
  if (link === undefined || link.until <= Date.now()) return new Response(null, { status: 404 });
  return new Response(null, {
    status: 303,
    headers: { Location: link.url, "Cache-Control": "no-store", "Referrer-Policy": "same-origin" },
  });
});

export default {
  async fetch(request) {
    // Set-up of the measurement, not a part of it.
    if (request.method === "PUT") {
      const [, , key, product] = new URL(request.url).pathname.split("/");
      links.set(`${key}/${product}`, { url: await request.text(), until: Date.now() + 3_600_000 });
      return new Response(null, { status: 204 });
    }
    return router.fetch(request);
  },
};
