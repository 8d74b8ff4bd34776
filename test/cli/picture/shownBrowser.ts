import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { Browser } from "../../../local/browser.ts";
import { temporaryFolder } from "../../temporary.ts";

/** A page in a browser, spoken to over pipes: nothing listens. */
export interface Shown {
  /** Sends a command of the browser's own protocol. */
  send(method: string, params?: object): Promise<Record<string, unknown>>;
  /** What an expression comes to in the page. */
  see<Value>(expression: string): Promise<Value>;
  /** Presses a key and lets it go. */
  press(key: string): Promise<void>;
  /** What the page has asked for since it was opened. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

interface Message {
  id?: number;
  method?: string;
  params?: { request?: { url: string } };
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** Opens a browser without a window. */
export async function openBrowser({ program, env, fonts }: Browser): Promise<Shown> {
  const folder = temporaryFolder("browser");
  const fontsFile = join(folder, "fonts.conf");
  const cache = `<cachedir>${join(folder, "fonts")}</cachedir>`;
  writeFileSync(fontsFile, `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir>${cache}</fontconfig>`);
  const options = ["--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "about:blank"];
  const child = spawn(program, [`--user-data-dir=${join(folder, "profile")}`, ...options], {
    env: { ...process.env, ...env, FONTCONFIG_FILE: fontsFile, HOME: folder },
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const [, , , into, from] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  const requests: string[] = [];
  let [rest, count] = ["", 0];
  from.setEncoding("utf8").on("data", (text: string) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop()!;
    for (const message of messages) receive(JSON.parse(message) as Message);
  });
  const receive = ({ id, method, params, result, error }: Message) => {
    if (method === "Network.requestWillBeSent") requests.push(params!.request!.url);
    if (error) waiting.get(id!)?.reject(new Error(error.message));
    else waiting.get(id!)?.resolve(result!);
  };
  for (const pipe of [into, from]) pipe.on("error", () => {}); // it is told by the browser's end
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error("the browser has ended"));
  });
  const ask = (method: string, params: object, sessionId?: string) => {
    const answer = Promise.withResolvers<Record<string, unknown>>();
    waiting.set(++count, answer);
    into.write(`${JSON.stringify({ id: count, method, params, sessionId })}\0`);
    return answer.promise;
  };
  const { targetId } = await ask("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
  const send = (method: string, params: object = {}) => ask(method, params, sessionId as string);
  await send("Network.enable");
  return {
    ...{ send, requests },
    async see<Value>(expression: string) {
      const asked = { expression, returnByValue: true, awaitPromise: true };
      const { result, exceptionDetails } = await send("Runtime.evaluate", asked);
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value: Value }).value;
    },
    async press(key) {
      const [windowsVirtualKeyCode, text] = { Tab: [9, ""], Enter: [13, "\r"] }[key] ?? [0, ""];
      await send("Input.dispatchKeyEvent", { type: "keyDown", key, code: key, windowsVirtualKeyCode, text });
      await send("Input.dispatchKeyEvent", { type: "keyUp", key, code: key, windowsVirtualKeyCode });
    },
    async close() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
