/** Bound to by number: `localhost` may be another address for each server. All of them answer to that name. */
export const LOOPBACK = "127.0.0.1";
