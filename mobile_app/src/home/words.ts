import { dictionary, texts } from "../lib/i18n.svelte";

export const words = dictionary(
  {
    tab: "Trang chủ",
    noWard: "Bạn ở phường, xã nào?",
    wardInactive: "Công an nơi bạn ở chưa dùng Bình\u00a0Yên.",
    changeWard: "Đổi phường, xã hoặc tổ dân phố",
    shortcuts: "Việc hay làm",
  },
  {
    tab: "Home",
    noWard: "Which ward do you live in?",
    wardInactive: "The police where you live are not on Bình\u00a0Yên yet.",
    changeWard: "Change ward or residential group",
    shortcuts: "Shortcuts",
  },
);

export const t = texts(words);
