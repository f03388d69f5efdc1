/** Words of the alerts that other screens show: loaded with the app. Those of the list and of one alert: words.ts. */
import { dictionary, texts } from "../lib/i18n.svelte";

const things = (count: number): string => (count === 1 ? "1 thing" : `${count} things`);

export const words = dictionary(
  {
    tab: "Cảnh báo",
    unread: (count: number) => `${count} cảnh báo chưa đọc`,
    shortcutAlerts: "Tất cả cảnh\u00a0báo",
    shortcutMore: (count: number) => `Thêm ${count} cảnh\u00a0báo`,

    // how the ward is, in a sentence
    today: "Hôm nay",
    tonight: "Tối nay",
    atTime: (time: string) => `Lúc ${time}`,
    there: (when: string) => `${when} có`,
    dangers: (count: number) => `${count}\u00a0điều nguy\u00a0hiểm`,
    cares: (count: number) => `${count}\u00a0điều cần để\u00a0ý`,
    atPeace: (when: string, kind: string) => `${when} ${kind} mình bình\u00a0yên.`,
    wardLoading: (kind: string) => `Đang xem ${kind} mình thế\u00a0nào…`,
    wardUnknown: (kind: string) => `Chưa biết ${kind} mình thế\u00a0nào.`,

    // what is shown may be old
    offlineCopy: (time: string) => `Không có mạng. Bản lưu lúc ${time}.`,
    busyCopy: (time: string) => `Máy chủ đang bận. Bản lưu lúc ${time}.`,
    unreachableCopy: (time: string) => `Chưa nối được máy chủ. Bản lưu lúc ${time}.`,

    // how an alert looks
    extreme: "Khẩn cấp",
    severe: "Nguy hiểm",
    moderate: "Cảnh giác",
    minor: "Cần biết",
    clear: "Đã yên",
    withdrawn: "Đã rút lại",
    drill: "Diễn tập",
    past: "Đã qua",
    unreadMark: "Chưa đọc",
    onlyFor: (names: string, others: number) => `Riêng ${names}${others ? ` và ${others} khu khác` : ""}`,

    // on the home screen
    inForceTitle: "Đang có hiệu lực",
    noAlerts: "Không có cảnh báo nào",
    noAlertsDetail: "Có cảnh báo mới, ứng dụng hiện ngay ở đây.",
    seePast: "Xem cảnh báo đã qua",
    loadingAlerts: "Đang tải cảnh báo mới…",
  },
  {
    tab: "Alerts",
    unread: (count) => (count === 1 ? "1 unread alert" : `${count} unread alerts`),
    shortcutAlerts: "All alerts",
    shortcutMore: (count) => (count === 1 ? "1 more alert" : `${count} more alerts`),

    today: "Today",
    tonight: "Tonight",
    atTime: (time) => `At ${time}`,
    there: (when) => `${when}:`,
    dangers: (count) => (count === 1 ? "1\u00a0danger" : `${count}\u00a0dangers`),
    cares: (count) => `${things(count)} to watch`,
    atPeace: (when, kind) => `${when} all is well in the ${kind}.`,
    wardLoading: (kind) => `Looking in on the ${kind}…`,
    wardUnknown: (kind) => `We cannot say yet how the ${kind} is.`,

    offlineCopy: (time) => `No network. Copy from ${time}.`,
    busyCopy: (time) => `The server is busy. Copy from ${time}.`,
    unreachableCopy: (time) => `Server not reached. Copy from ${time}.`,

    extreme: "Emergency",
    severe: "Danger",
    moderate: "Take care",
    minor: "Good to know",
    clear: "All clear",
    withdrawn: "Withdrawn",
    drill: "Drill",
    past: "Over",
    unreadMark: "Unread",
    onlyFor: (names, others) => `Only ${names}${others === 0 ? "" : others === 1 ? " and 1 other area" : ` and ${others} other areas`}`,

    inForceTitle: "In force",
    noAlerts: "No alerts",
    noAlertsDetail: "A new alert appears here at once.",
    seePast: "See past alerts",
    loadingAlerts: "Loading new alerts…",
  },
);

export const t = texts(words);
