/**
 * `pnpm bench:money [baskets]`: the proofs that take minutes and the numbers that docs/architecture/money.md quotes.
 *
 * 1. the gross of 20 lines beside the same sum in other arithmetics, and what each weighs;
 * 2. every inclusive price from 0.01 to 1000.00 at nine VAT rates, exact under all ten policies, and what that takes;
 * 3. random baskets, a million unless told otherwise, against exact fractions, under all ten policies.
 *
 * Ends with a non-zero code when a single amount differs.
 */
import { everyPrice } from "./every-price.ts";
import { randomBaskets } from "./random-baskets.ts";
import { timeArithmetics } from "./time-arithmetics.ts";

const count = Number(process.argv[2] ?? 1_000_000);
await timeArithmetics();
const wrong = everyPrice() + randomBaskets(count);
process.exitCode = wrong === 0 ? 0 : 1;
