let offsetMilliseconds = 0;

/** `fetch`, noting by the `Date` header of each answer how far this device's clock is off. */
export const timedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const date = Date.parse(response.headers.get('date') ?? '');
  // The header counts whole seconds, so less than two are no difference that could be told.
  const off = date - Date.now();
  if (!Number.isNaN(off)) offsetMilliseconds = Math.abs(off) < 2000 ? 0 : off;
  return response;
};

/** Milliseconds since 1970 as the server counts them, so that a phone with a wrong time shows the right durations. */
export function serverNow(): number {
  return Date.now() + offsetMilliseconds;
}
