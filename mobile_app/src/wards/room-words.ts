/** Words of the place that other screens show: loaded with the app. */
import { dictionary, texts } from "../lib/i18n.svelte";

export const words = dictionary(
  {
    wardRow: "Nơi bạn ở",
    wardRowEmpty: "Chưa chọn",
    areaRow: "Tổ dân phố, thôn",
    areaRowEmpty: "Chưa chọn tổ",
  },
  {
    wardRow: "Where you live",
    wardRowEmpty: "Not chosen",
    areaRow: "Residential group",
    areaRowEmpty: "No group chosen",
  },
);

export const t = texts(words);
