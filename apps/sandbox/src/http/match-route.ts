/** An endpoint of the sandbox. A path segment that begins with `:` is a parameter and matches any one segment. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

export interface RouteMatch<R extends Route> {
  readonly route: R;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Returns the first route that matches `method` and `path`, with the decoded path parameters. HEAD matches the routes
 * of GET.
 */
export function matchRoute<R extends Route>(
  routes: readonly R[],
  method: string,
  path: string,
): RouteMatch<R> | undefined {
  const asked = method === "HEAD" ? "GET" : method;
  for (const route of routes) {
    if (route.method !== asked) continue;
    const params = matchPath(route.path.split("/"), path.split("/"));
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

function matchPath(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (!expected.startsWith(":")) {
      if (segment !== expected) return undefined;
      continue;
    }
    const value = decodeSegment(segment);
    if (value === undefined || value === "") return undefined;
    params[expected.slice(1)] = value;
  }
  return params;
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
