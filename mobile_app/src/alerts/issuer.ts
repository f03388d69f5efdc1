import type { LocalizedText } from "../lib/i18n.svelte";

/**
 * Who speaks, on the list of the reader's own ward: "Công an phường Ban Mai" is "Công an phường" there, so that the line
 * has room for the hour. Others keep their full name. Pure.
 */
export function shortIssuer(issuer: LocalizedText, ward: string): LocalizedText {
  const bare = ward.replace(/^(?:Phường|Xã|Đặc khu) /, "");
  const en = issuer.en?.startsWith(`${bare} `) ? capital(issuer.en.slice(bare.length + 1)) : issuer.en;
  const vi = issuer.vi.endsWith(` ${bare}`) ? issuer.vi.slice(0, -bare.length - 1) : issuer.vi;
  return en === undefined ? { vi } : { vi, en };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
