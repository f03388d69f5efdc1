import { expect, it } from "vitest";
import { splitLabel } from "./instruction";

it.each([
  ["Thấy khói: ra ngoài, rồi gọi 114.", "Thấy khói:", " ra ngoài, rồi gọi 114."],
  ["Không mở đường dẫn.", "", "Không mở đường dẫn."],
  ["Gọi lúc 17:30 là có người nghe.", "", "Gọi lúc 17:30 là có người nghe."],
  ["Một câu rất dài kể lể trước khi tới dấu hai chấm ở tận đây: rồi sao", "", "Một câu rất dài kể lể trước khi tới dấu hai chấm ở tận đây: rồi sao"],
])("%s", (instruction, label, rest) => {
  expect(splitLabel(instruction)).toEqual({ label, rest });
});
