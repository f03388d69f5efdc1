/** The few words of the tip flow that the home screen shows, apart so that it need not load the rest. */
import { dictionary, texts } from "../lib/i18n.svelte";

export const waitingTexts = dictionary(
  {
    title: "Chờ gửi",
    count: (count: number) => `${count} tin chưa xong`,
    where: "Khóa kín trên máy này, có mạng là tự gửi",
    arrivedTitle: "Đã gửi",
    receipts: (count: number) => (count === 1 ? "Mã biên nhận chưa lưu" : `${count} mã biên nhận chưa lưu`),
    arrived: "Công an đã nhận tin. Lưu mã để xem trả lời",
    open: "Mở",
  },
  {
    title: "Waiting to be sent",
    count: (count) => (count === 1 ? "1 unfinished report" : `${count} unfinished reports`),
    where: "Locked on this phone, sent by itself when online",
    arrivedTitle: "Sent",
    receipts: (count) => (count === 1 ? "Receipt not saved yet" : `${count} receipts not saved yet`),
    arrived: "The police have your report. Save the receipt to read the answer",
    open: "Open",
  },
);

export const w = texts(waitingTexts);
