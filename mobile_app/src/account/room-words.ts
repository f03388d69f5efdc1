/** Words of the account that other screens show: loaded with the app. */
import { dictionary, texts } from "../lib/i18n.svelte";

export const words = dictionary(
  {
    tab: "Của tôi",
  },
  {
    tab: "Me",
  },
);

export const t = texts(words);
