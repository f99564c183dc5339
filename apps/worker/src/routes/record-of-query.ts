/** A query as a record, with `status` as a list however it came: `status[]=a&status[]=b`, as Qonto has it, or `status=a,b`. */
export function recordOfQuery(query: URLSearchParams): Record<string, unknown> {
  const status = [...query.getAll("status[]"), ...query.getAll("status")].flatMap((value) => value.split(","));
  const others = [...query].filter(([name]) => name !== "status[]" && name !== "status");
  return { ...Object.fromEntries(others), ...(status.length === 0 ? {} : { status }) };
}
