/** Words of the notifications that other screens show: loaded with the app. */
import { dictionary, texts } from "../lib/i18n.svelte";

export const words = dictionary(
  {
    row: "Thông báo",
    rowOn: "Đang bật",
    rowOff: "Đang tắt",
    rowDenied: "Máy đang chặn",
    rowUnsupported: "Trình duyệt này không có",
  },
  {
    row: "Notifications",
    rowOn: "On",
    rowOff: "Off",
    rowDenied: "Blocked by the phone",
    rowUnsupported: "Not in this browser",
  },
);

export const t = texts(words);
