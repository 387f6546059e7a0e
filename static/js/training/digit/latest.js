/**
 * Asks one question at a time and only ever the newest: what is asked while an answer is awaited waits, and is replaced
 * by whatever is asked after it.
 *
 * @template Q, A
 * @param {(question: Q) => Promise<A>} ask
 * @param {(answer: A, question: Q) => void} onAnswer
 * @param {(error: unknown) => void} onError
 * @returns {(question: Q) => void}
 */
export function latestOnly(ask, onAnswer, onError) {
  let busy = false;
  /** @type {{question: Q} | null} */
  let next = null;

  /** @param {Q} question */
  async function send(question) {
    busy = true;
    try {
      const answer = await ask(question);
      if (next === null) onAnswer(answer, question);
    } catch (error) {
      if (next === null) onError(error);
    }
    busy = false;
    const waiting = next;
    next = null;
    if (waiting) send(waiting.question);
  }

  return (question) => {
    if (busy) next = { question };
    else send(question);
  };
}
