/**
 * The events of one run over a WebSocket that mends itself: after a cut it waits (doubling, with a little chance so
 * that a class does not return in one wave), comes back with `?after=` the last seq it saw, and so misses nothing.
 *
 * @typedef {{state: "closed"|"connecting"|"open"|"waiting", attempt: number, seconds: number}} Link
 * @typedef {{open: () => void, close: () => void, seq: () => number}} Stream
 */

const FIRST_WAIT = 0.5;
const LONGEST_WAIT = 15;

/**
 * @param {number} attempt from 1
 * @param {number} chance from 0 to 1
 * @returns {number} seconds to wait
 */
export function backoff(attempt, chance) {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)) * (0.75 + 0.25 * chance);
}

/**
 * @param {object} options
 * @param {(after: number) => string} options.address
 * @param {(message: any) => void} options.onMessage
 * @param {(link: Link) => void} options.onLink
 * @param {number} [options.after]
 * @param {(address: string) => WebSocket} [options.connect]
 * @param {(callback: () => void, milliseconds: number) => any} [options.wait]
 * @param {(timer: any) => void} [options.cancel]
 * @param {() => number} [options.chance]
 * @returns {Stream}
 */
export function createStream({
  address,
  onMessage,
  onLink,
  after = 0,
  connect = (url) => new WebSocket(url),
  wait = (callback, milliseconds) => setTimeout(callback, milliseconds),
  cancel = (timer) => clearTimeout(timer),
  chance = () => 0.5,
}) {
  let seq = after;
  let attempt = 0;
  let wanted = false;
  /** @type {any} */
  let timer = null;
  /** @type {WebSocket | null} */
  let socket = null;

  /** @param {Link["state"]} state */
  const say = (state, seconds = 0) => onLink({ state, attempt, seconds });

  function dial() {
    timer = null;
    say("connecting");
    const mine = connect(address(seq));
    socket = mine;
    mine.onopen = () => {
      if (socket !== mine) return;
      say("open");
    };
    mine.onmessage = (event) => {
      if (socket !== mine) return;
      attempt = 0;
      const message = JSON.parse(event.data);
      if (typeof message.seq === "number") {
        if (message.seq <= seq) return;
        seq = message.seq;
      }
      onMessage(message);
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      socket = null;
      attempt += 1;
      const seconds = backoff(attempt, chance());
      say("waiting", seconds);
      timer = wait(dial, 1000 * seconds);
    };
  }

  return {
    seq: () => seq,
    open() {
      if (wanted) return;
      wanted = true;
      dial();
    },
    close() {
      wanted = false;
      if (timer !== null) cancel(timer);
      timer = null;
      const mine = socket;
      socket = null;
      mine?.close();
      attempt = 0;
      say("closed");
    },
  };
}
