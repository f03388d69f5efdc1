/** Words of the tips that other screens show: loaded with the app. */
import { dictionary, texts } from "../lib/i18n.svelte";

export const words = dictionary(
  {
    tab: "Báo tin",
    shortcutSend: "Gửi tin\u00a0báo",
    shortcutOpen: "Mở tin bằng\u00a0mã",
    row: "Mở tin đã gửi",
    rowWhy: "Bằng mã biên nhận",

    // what waits on this phone, for the home screen
    waitingTitle: "Chờ gửi",
    waiting: (count: number) => `${count} tin chưa xong`,
    waitingWhere: "Khóa kín trên máy này, có mạng là tự gửi",
    arrivedTitle: "Đã gửi",
    receipts: (count: number) => (count === 1 ? "Mã biên nhận chưa lưu" : `${count} mã biên nhận chưa lưu`),
    arrived: "Công an đã nhận tin. Lưu mã để xem trả lời",
    open: "Mở",
  },
  {
    tab: "Report",
    shortcutSend: "Report something",
    shortcutOpen: "Open by code",
    row: "Open a sent report",
    rowWhy: "With its receipt code",

    waitingTitle: "Waiting to be sent",
    waiting: (count) => (count === 1 ? "1 unfinished report" : `${count} unfinished reports`),
    waitingWhere: "Locked on this phone, sent by itself when online",
    arrivedTitle: "Sent",
    receipts: (count) => (count === 1 ? "Receipt not saved yet" : `${count} receipts not saved yet`),
    arrived: "The police have your report. Save the receipt to read the answer",
    open: "Open",
  },
);

export const t = texts(words);
