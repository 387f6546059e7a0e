/**
 * Tells the latest of several wishes from those before it, in whatever order their answers come.
 *
 * @returns {() => () => boolean} takes a turn, which tells whether it is the latest still
 */
export function createTurns() {
  let latest = 0;
  return () => {
    latest += 1;
    const mine = latest;
    return () => mine === latest;
  };
}
