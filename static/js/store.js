/**
 * A state, changed only by events through one pure function.
 *
 * @template S, E
 * @param {(state: S, event: E) => S} reduce
 * @param {S} initial
 */
export function createStore(reduce, initial) {
  let state = initial;
  /** @type {Set<(state: S, event: E, before: S) => void>} */
  const subscribers = new Set();

  return {
    get state() {
      return state;
    },
    /** @param {E} event */
    dispatch(event) {
      const before = state;
      state = reduce(state, event);
      if (state === before) return;
      for (const subscriber of subscribers) subscriber(state, event, before);
    },
    /** @param {(state: S, event: E, before: S) => void} subscriber @returns {() => void} what ends the subscription */
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
  };
}
