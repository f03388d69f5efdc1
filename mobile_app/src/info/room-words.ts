/** Words about the app that other screens show: loaded with the app. */
import { dictionary, texts } from "../lib/i18n.svelte";

export const words = dictionary(
  {
    installRow: "Đưa Bình Yên ra màn hình chính",
    installRowWhy: "Mở một chạm, như mọi ứng dụng khác",
    aboutRow: "Bình Yên hoạt\u00a0động thế\u00a0nào",
  },
  {
    installRow: "Put Bình Yên on the home screen",
    installRowWhy: "Opens with one tap, like any other app",
    aboutRow: "How Bình Yên works",
  },
);

export const t = texts(words);
