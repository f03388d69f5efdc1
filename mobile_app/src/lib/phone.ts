/** `+84912345678` as people write it: `0912 345 678`; a fixed line with its area code apart: `024 3825 1234`. Pure. */
export function formatPhone(phone: string): string {
  const national = phone.replace(/^\+84/, "0");
  if (/^0\d{9}$/.test(national)) return `${national.slice(0, 4)} ${national.slice(4, 7)} ${national.slice(7)}`;
  if (/^02[48]\d{8}$/.test(national)) return `${national.slice(0, 3)} ${national.slice(3, 7)} ${national.slice(7)}`;
  if (/^02\d{9}$/.test(national)) return `${national.slice(0, 4)} ${national.slice(4, 7)} ${national.slice(7)}`;
  return phone;
}
