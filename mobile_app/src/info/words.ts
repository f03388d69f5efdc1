/** Words of the page that says how Bình Yên works. */
import { dictionary, texts } from "../lib/i18n.svelte";

export const words = dictionary(
  {
    title: "Bình Yên hoạt động thế nào",
    emergency: "Đang có người gặp nguy",
    emergencyText: "Gọi 113 (công an), 114 (cứu hỏa, cứu nạn) hoặc 115 (cấp cứu). Không gửi tin ở đây rồi chờ.",
    alerts: "Cảnh báo",
    alertsText: "Công an phường, xã viết, một chỉ huy khác duyệt rồi mới đăng. Ai cũng đọc được, không cần tài khoản.",
    tips: "Báo tin",
    tipsText: "Tin được khóa kín: chỉ cán bộ được giao của Công an nơi nhận mở được, và mỗi lần mở đều bị ghi tên. Bạn không cần nêu tên; mã biên nhận là chìa khóa để xem trả lời. Tin là điều cần kiểm tra, chưa phải sự thật.",
    vneid: "Đơn có chữ ký",
    vneidText: "Tố cáo, khiếu nại, tố giác cần chữ ký thì gửi qua VNeID, kênh quốc gia.",
    vneidLink: "Mở VNeID",
    privacy: "Điều chúng tôi không làm",
    privacyText: "Không chấm điểm ai, không lập danh sách ai, không giữ vị trí máy của bạn, không gắn địa chỉ mạng với tin không nêu tên.",
    offline: "Khi mất mạng",
    offlineText: "Cảnh báo đã tải vẫn đọc được và ghi rõ tải lúc nào. Tin viết dở nằm lại trên máy và gửi đúng một lần khi có mạng.",
    licences: "Giấy phép của phần mềm và phông chữ được dùng",
    sample: "Đây là bản dùng thử với dữ liệu mẫu. Mọi tên, số và chuyện đều không có thật.",
  },
  {
    title: "How Bình Yên works",
    emergency: "Someone is in danger now",
    emergencyText: "Call 113 (police), 114 (fire and rescue) or 115 (ambulance). Do not report here and wait.",
    alerts: "Alerts",
    alertsText: "Written by the police of the ward, approved by another chief before they are published. Everyone can read them without an account.",
    tips: "Reports",
    tipsText: "Reports are sealed: only those officers of the police they went to who hold the key can open them, and every opening is recorded with a name. You need not give your name; the receipt code is your key to the answers. A report is something to check, not yet a fact.",
    vneid: "Signed petitions",
    vneidText: "Denunciations and complaints that need a signature go through VNeID, the national channel.",
    vneidLink: "Open VNeID",
    privacy: "What we do not do",
    privacyText: "No scores of people, no lists of people, no location of your phone kept, no network address tied to an anonymous report.",
    offline: "Without a network",
    offlineText: "Alerts already loaded stay readable and say from when they are. A report you are writing stays on the phone and is sent exactly once when the network is back.",
    licences: "Licences of the software and fonts used",
    sample: "This is a trial with sample data. No name, number or story in it is real.",
  },
);

export const t = texts(words);
