// Waiting for conditions, never for time.

/** Asks until the answer is truthy and gives it back; after `deadline` ms it says what was awaited. */
export async function until(what, ask, deadline = 15_000) {
  const end = performance.now() + deadline;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`still not after ${deadline / 1000} s: ${what}`);
    await new Promise((next) => setTimeout(next, 100));
  }
}
