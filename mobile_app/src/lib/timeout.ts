/** A limit for work that may stay silent for minutes: a request, the browser's push service. */

/**
 * The result of `work`, if it comes within `ms`. The signal aborts when the time is over, so that a request ends too.
 * @throws DOMException "TimeoutError" when the time is over, and whatever `work` throws
 */
export async function withTimeout<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const reason = new DOMException(`no answer within ${ms} ms`, "TimeoutError");
      controller.abort(reason);
      reject(reason);
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
