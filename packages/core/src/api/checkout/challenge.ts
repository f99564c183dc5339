/**
 * A proof of work in the format of ALTCHA, version 2. Its solution is a counter whose derived key begins with
 * `parameters.keyPrefix`: see `altcha-lib`. It is valid for one attempt of one visitor, and for a few minutes.
 */
export interface Challenge {
  readonly parameters: {
    readonly algorithm: string;
    /** Iterations of the key derivation: the difficulty. */
    readonly cost: number;
    readonly data: { readonly bound: string };
    /** Seconds since the epoch. */
    readonly expiresAt: number;
    readonly keyLength: number;
    readonly keyPrefix: string;
    readonly nonce: string;
    readonly salt: string;
  };
  readonly signature: string;
  /** Send it with the solution. If your request had an `attempt_id`, it is the same. */
  readonly attempt_id: string;
}
