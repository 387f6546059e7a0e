/**
 * A part of the page that is brought up to date only while it can be seen.
 *
 * @template V
 * @param {HTMLElement} host
 * @param {{update: (view: V) => void}} panel
 */
export function whileSeen(host, panel) {
  /** @type {V | null} */
  let view = null;
  let seen = false;
  new IntersectionObserver(
    (entries) => {
      // Several may have waited for one call; the last says how things stand.
      seen = entries.at(-1)?.isIntersecting ?? seen;
      if (seen && view) panel.update(view);
    },
    { rootMargin: "200px" },
  ).observe(host);

  return {
    /** @param {V} now */
    update(now) {
      view = now;
      if (seen) panel.update(now);
    },
  };
}
