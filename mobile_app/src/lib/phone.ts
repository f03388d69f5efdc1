/** `+84912345678` as people write it: `0912 345 678`. Pure. */
export function formatPhone(phone: string): string {
  const national = phone.replace(/^\+84/, "0");
  return /^0\d{9}$/.test(national) ? `${national.slice(0, 4)} ${national.slice(4, 7)} ${national.slice(7)}` : phone;
}
