/** Words of the contacts: shown on other rooms' screens, so loaded with the app. */
import { dictionary, texts } from "../lib/i18n.svelte";

export const words = dictionary(
  {
    title: "Không khẩn cấp? Gọi trực ban",
    call: (number: string) => `Gọi ${number}`,
    address: "Địa chỉ",
    hours: "Tiếp dân",
  },
  {
    title: "No emergency? Call the duty desk",
    call: (number) => `Call ${number}`,
    address: "Address",
    hours: "Open to residents",
  },
);

export const t = texts(words);
