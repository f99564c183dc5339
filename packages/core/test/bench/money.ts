/**
 * `pnpm bench:money [baskets]`: the proofs that take minutes, and the numbers in docs/architecture/money.md.
 *
 * 1. the gross of 20 lines compared with other arithmetics, and the size of each;
 * 2. every inclusive price from 0.01 to 1000.00 at nine VAT rates, exact under all ten policies, and the strategies
 *    used;
 * 3. random baskets, a million by default, compared with exact fractions, under all ten policies.
 *
 * Exits with a non-zero code if a single amount differs.
 */
import { everyPrice } from "./every-price.ts";
import { randomBaskets } from "./random-baskets.ts";
import { timeArithmetics } from "./time-arithmetics.ts";

const count = Number(process.argv[2] ?? 1_000_000);
await timeArithmetics();
const wrong = everyPrice() + randomBaskets(count);
process.exitCode = wrong === 0 ? 0 : 1;
