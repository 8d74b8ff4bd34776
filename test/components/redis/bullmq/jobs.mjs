// Puts jobs into a queue of BullMQ's and does them, while the Redis behind it comes and goes.
import { setTimeout as sleep } from "node:timers/promises";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";

const wanted = Number(process.env.JOBS);
const connect = () => {
  const redis = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  return redis.on("error", () => {});
};
const quiet = (one) => one.on("error", () => {});

const done = new Map();
const worker = quiet(
  new Worker(
    "mail",
    async ({ data }) => {
      await sleep(2);
      done.set(data.number, (done.get(data.number) ?? 0) + 1);
    },
    { connection: connect(), concurrency: 5, lockDuration: 3000, stalledInterval: 1000, maxStalledCount: 1000 },
  ),
);
const queue = quiet(new Queue("mail", { connection: connect() }));

// A job counts once BullMQ has said that it has it; its id lets it be given again when the answer was lost.
for (let number = 0; number < wanted; number++) {
  await queue.add("send", { number }, { jobId: `mail-${number}`, attempts: 100 });
  if (number % 100 === 0) console.log(JSON.stringify({ given: number }));
}
const deadline = Date.now() + 60_000;
const counted = () => queue.getJobCounts("waiting", "active", "completed", "failed", "delayed");
let counts = await counted();
// The last are done before Redis knows it, and one that was done as Redis ended is done again.
while ((done.size < wanted || counts.completed < wanted) && Date.now() < deadline) {
  await sleep(100);
  counts = await counted();
}
const twice = [...done.values()].filter((times) => times > 1).length;
console.log(JSON.stringify({ given: wanted, done: done.size, twice, counts }));
await worker.close(true);
process.exit(0);
