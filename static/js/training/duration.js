/**
 * A duration in the units a person would say: 0.5 ms, 4 s, 2 min 10 s, 1 h 5 min.
 *
 * @param {number} seconds
 * @param {(text: string, params: Record<string, unknown>) => string} t
 * @returns {string}
 */
export function duration(seconds, t) {
  if (!Number.isFinite(seconds) || seconds < 0) return "–";
  if (seconds < 0.1) return t("{n} ms", { n: Number((1000 * seconds).toPrecision(2)) });
  if (seconds < 10) return t("{seconds} s", { seconds: seconds < 1 ? seconds.toFixed(1) : Math.round(seconds) });
  const whole = Math.round(seconds);
  if (whole < 60) return t("{seconds} s", { seconds: whole });
  if (whole < 3600) return t("{minutes} min {seconds} s", { minutes: Math.floor(whole / 60), seconds: whole % 60 });
  return t("{hours} h {minutes} min", { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60) });
}
