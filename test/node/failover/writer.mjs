// Writes through REDIS_URL in a pod, for as many seconds as it is told, and says in a line of JSON what came of it.
import { connect } from "node:net";

const { password, hostname, port } = new URL(process.env.REDIS_URL);
const until = Date.now() + 1000 * Number(process.argv.at(-1));
const confirmed = [];
const gaps = [];
let acknowledged = 0;
let last = Date.now();

const open = () =>
  new Promise((done, failed) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.setTimeout(3000, () => socket.destroy()).setNoDelay(true);
    let pending;
    const ask = (line) =>
      new Promise((answered, refused) => {
        pending = { answered, refused };
        socket.write(`${line}\r\n`);
      });
    socket.on("data", (text) =>
      String(text)[0] === "-" ? pending.refused(Error(text)) : pending.answered(String(text).trim()),
    );
    socket
      .on("error", () => {})
      .on("close", () => (pending ? pending.refused(Error("closed")) : failed(Error("closed"))));
    socket.on("connect", () => ask(`AUTH ${password}`).then(() => done({ ask, end: () => socket.destroy() }), failed));
  });

let redis;
for (let key = 0; Date.now() < until && key < 200000; key++) {
  try {
    redis ??= await open();
    await redis.ask(`SET key:${key} ${key}`);
    acknowledged++;
    if (Date.now() - last > 500) gaps.push(Date.now() - last);
    last = Date.now();
    if ((await redis.ask("WAIT 1 1000")) !== ":0") confirmed.push(key);
    await new Promise((done) => setTimeout(done, 2)); // so that it lasts as long as the kills do
  } catch {
    redis?.end();
    redis = undefined;
    await new Promise((done) => setTimeout(done, 50));
  }
}
let lost = 0;
for (let at = 0; at < confirmed.length; at++) {
  try {
    redis ??= await open();
    if ((await redis.ask(`EXISTS key:${confirmed[at]}`)) !== ":1") lost++;
  } catch {
    redis?.end();
    redis = undefined;
    if (Date.now() > until + 120_000) throw new Error("no Redis answers two minutes after the last write");
    at--;
    await new Promise((done) => setTimeout(done, 50));
  }
}
console.log(JSON.stringify({ acknowledged, confirmed: confirmed.length, lost, gaps }));
process.exit(0);
