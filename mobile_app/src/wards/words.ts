/** Words of choosing where one lives. */
import { dictionary, texts } from "../lib/i18n.svelte";

export const words = dictionary(
  {
    wardTitle: "Bạn ở phường, xã nào?",
    wardNow: "Đang chọn",
    areaTitle: "Bạn ở tổ\u00a0dân\u00a0phố, thôn\u00a0nào?",
    areaHelp: "Cảnh báo cho riêng tổ, thôn sẽ đến đúng bạn. Bỏ qua cũng được.",
    areaFilter: "Tìm tổ, thôn",
    areaNone: "Không có tổ, thôn nào tên như vậy.",
    areaSkip: "Không chọn tổ, thôn",
    areaLater: "Để sau",
    areaSkipWhy: "Vẫn nhận mọi cảnh báo của cả phường, xã",
    areaFailed: "Chưa tải được danh sách tổ, thôn",
    areaEmpty: "Nơi này chưa có danh sách tổ dân phố, thôn. Bạn vẫn nhận cảnh báo của cả phường, xã.",
  },
  {
    wardTitle: "Which ward do you live in?",
    wardNow: "Chosen now",
    areaTitle: "Which residential group?",
    areaHelp: "Alerts for one group then reach the right people. You may skip this.",
    areaFilter: "Find a group",
    areaNone: "No group has that name.",
    areaSkip: "No group",
    areaLater: "Later",
    areaSkipWhy: "You still get every alert of the whole ward",
    areaFailed: "The list of groups did not load",
    areaEmpty: "This place has no list of groups yet. You still get the alerts of the whole ward.",
  },
);

export const t = texts(words);
