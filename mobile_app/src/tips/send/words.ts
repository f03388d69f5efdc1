/** Words of what is being sent and of what waits. */
import { dictionary, texts } from "../../lib/i18n.svelte";

export const words = dictionary(
  {
    draftElsewhere: "Bạn đang viết dở một tin khác. Gửi hoặc bỏ tin đó trước, rồi sửa tin này.",

    sendingTitle: "Đang gửi tin",
    sendingText: "Đừng lo nếu mạng chậm: tin được giữ trên máy tới khi Công an nhận.",
    waitingTitle: "Tin chờ có mạng",
    waitingText: "Tin đã khóa kín trên máy này. Có mạng là tự gửi, đúng một lần.",
    serverTitle: "Chưa gửi được, lỗi\u00a0từ\u00a0phía\u00a0máy\u00a0chủ",
    serverText: "Tin bạn viết vẫn còn nguyên trên máy này.",
    patienceTitle: "Chưa gửi được, máy\u00a0chủ\u00a0đang\u00a0bận",
    patienceText: "Đang có quá nhiều tin gửi từ mạng này. Tin bạn viết vẫn còn nguyên.",
    retryIn: (when: string) => `Ứng dụng tự thử lại sau ${when}.`,
    seconds: (count: number) => `${count} giây`,
    minutes: (count: number) => `${count} phút`,
    takeBack: "Sửa lại tin",
    takeBackMaybe: "Tin có thể đã tới nơi. Sửa và gửi lại thì Công an có thể nhận hai tin.",
    closeSafely: "Bạn đóng ứng dụng cũng được. Mở lại lúc có mạng để tin đi tiếp.",

    outgoingTitle: "Chờ gửi",
    outgoingTip: "1 tin báo",
    outgoingMessage: "1 tin nhắn thêm",
    outgoingWaiting: "Khóa kín trên máy, chờ mạng",
    outgoingSending: "Đang gửi",
    outgoingServer: "Máy chủ đang lỗi, tự gửi lại",
    outgoingReturned: "Cần bạn sửa",
    outgoingSent: "Công an đã nhận. Mã biên nhận chưa lưu",
    open: "Mở",
  },
  {
    draftElsewhere: "You are writing another report. Send or discard that one first, then change this one.",

    sendingTitle: "Sending your report",
    sendingText: "A slow network is no worry: the report stays on this phone until the police have it.",
    waitingTitle: "Waiting for a network",
    waitingText: "The report is locked on this phone. It is sent by itself, exactly once, when there is a network.",
    serverTitle: "Not sent yet: the fault is ours",
    serverText: "What you wrote is safe on this phone.",
    patienceTitle: "Not sent yet: the server is busy",
    patienceText: "Too many reports are coming from this network right now. What you wrote is safe.",
    retryIn: (when) => `The app tries again by itself in ${when}.`,
    seconds: (count) => `${count} s`,
    minutes: (count) => `${count} min`,
    takeBack: "Change the report",
    takeBackMaybe: "The report may have arrived already. If you change and send it, the police may get two.",
    closeSafely: "You may close the app. Open it again when online so that the report goes on its way.",

    outgoingTitle: "Waiting to be sent",
    outgoingTip: "1 report",
    outgoingMessage: "1 more message",
    outgoingWaiting: "Locked on this phone, waiting for a network",
    outgoingSending: "Being sent",
    outgoingServer: "The server is in trouble; sent again by itself",
    outgoingReturned: "Needs your eye",
    outgoingSent: "The police have it. Receipt not saved yet",
    open: "Open",
  },
);

export const t = texts(words);
