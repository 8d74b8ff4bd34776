/**
 * The first answer of this status, asked for at most so many seconds: a new node port takes a moment to reach every proxy.
 * Each time on a connection of its own, since a kept one leads to the pod it was made to, one on its way out included.
 */
export async function answers(url: string, status = 200, seconds = 30): Promise<Response> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await fetch(url, { headers: { connection: "close" } }).catch((error: Error) => error);
    if (answer instanceof Response && answer.status === status) return answer;
    if (Date.now() > deadline) {
      throw new Error(
        `${url} did not answer ${status}: ${answer instanceof Response ? answer.status : String(answer.cause)}`,
      );
    }
    await new Promise((done) => setTimeout(done, 200));
  }
}
