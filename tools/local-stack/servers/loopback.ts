/** A number, because `localhost` may be another address for each server. All of them can be reached by that name. */
export const LOOPBACK = "127.0.0.1";
