/** Handing a file to the person: it goes where the phone keeps what was downloaded. */

/** how long a slow phone may take to read what it saves */
const KEEP_ADDRESS_MS = 60_000;

export function saveFile(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_ADDRESS_MS);
}

/** iPhones keep pictures through the share sheet; others download them. */
export async function saveImage(image: Blob, name: string): Promise<void> {
  const file = new File([image], name, { type: image.type });
  if (/iPhone|iPad|iPod/.test(navigator.userAgent) && navigator.canShare?.({ files: [file] })) {
    await navigator.share({ files: [file] });
  } else {
    saveFile(image, name);
  }
}
