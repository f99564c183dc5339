/** The parts of big.js that the benchmark uses; big.js ships no types. */
declare module "big.js" {
  export class Big {
    static readonly roundHalfUp: 1;
    constructor(value: string);
    plus(other: Big): Big;
    times(other: Big): Big;
    round(decimals: number, mode: 1): Big;
    toFixed(decimals: number): string;
  }
}
