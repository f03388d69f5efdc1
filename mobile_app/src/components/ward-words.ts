/** Words of the search for a ward. */
import { dictionary, texts } from "../lib/i18n.svelte";

export const words = dictionary(
  {
    wardHelp: "Gõ tên, có dấu hay không dấu đều được.",
    wardLabel: "Tên phường, xã, đặc khu",
    wardPlaceholder: "Ví dụ: ban mai",
    wardsActive: "Đã có trên Bình Yên",
    wardsCount: (count: number, more: boolean) => (more ? `Hơn ${count} nơi có tên như vậy` : `${count} nơi có tên như vậy`),
    wardNone: (query: string) => `Không thấy “${query}”.`,
    wardNoneHelp: "Thử gõ ngắn hơn, hoặc gõ tên mới sau sắp xếp ngày 1/7/2025.",
    wardFew: (count: number) =>
      `Danh sách ở đây mới có ${count} nơi, có thể chưa có nơi bạn tìm. Bạn nhờ Công an nơi đó thêm vào; việc gấp thì gọi 113, 114, 115.`,
    wardsAll: "Các nơi đang có",
    wardInactive: "Chưa dùng Bình\u00a0Yên",
    wardSearching: "Đang tìm…",
    wardMore: "Còn nhiều kết quả. Gõ thêm chữ để thu hẹp.",
    wardOffline: "Máy đang mất mạng. Có mạng là tìm được.",
    wardFailed: "Chưa tìm được, máy đang mất mạng. Những gì bạn gõ vẫn còn; có mạng sẽ tự tìm.",
  },
  {
    wardHelp: "Type the name, with or without marks.",
    wardLabel: "Name of the ward",
    wardPlaceholder: "For example: ban mai",
    wardsActive: "On Bình Yên already",
    wardsCount: (count, more) => (more ? `More than ${count} places` : count === 1 ? "1 place" : `${count} places`),
    wardNone: (query) => `Nothing called “${query}”.`,
    wardNoneHelp: "Try fewer letters, or the new name after 1 July 2025.",
    wardFew: (count) =>
      `The list here has only ${count === 1 ? "1 place" : `${count} places`} so far, perhaps not yours. Ask the police there to be added; in an emergency call 113, 114 or 115.`,
    wardsAll: "Places in the list",
    wardInactive: "Not on Bình\u00a0Yên yet",
    wardSearching: "Searching…",
    wardMore: "There are more. Type more letters.",
    wardOffline: "The phone is offline. The search works once the network is back.",
    wardFailed: "Not searched, the phone is offline. What you typed is kept; it searches by itself when the network is back.",
  },
);

export const t = texts(words);
