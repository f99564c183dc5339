import { toBase64Url } from "@qonto-pay/web/base64";
import { digestBytes } from "./digest.ts";

/** 36 bits. */
const CHARACTERS = 6;

/**
 * Returns a key with its checksum at the end. The checksum is no secret: it lets the Worker reject a mistyped, cut or
 * invented key without reading the merchant's keys.
 */
export async function withChecksum(key: string): Promise<string> {
  return `${key}${await checksumOf(key)}`;
}

/** Returns whether a key ends with its checksum. */
export async function hasChecksum(key: string): Promise<boolean> {
  return key.endsWith(await checksumOf(key.slice(0, -CHARACTERS)));
}

async function checksumOf(text: string): Promise<string> {
  return toBase64Url(new Uint8Array(await digestBytes(text))).slice(0, CHARACTERS);
}
