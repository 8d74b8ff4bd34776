import { randomBytes } from "node:crypto";
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { type Found, found, unanswered } from "./found.ts";

/** Whether a path opens a WebSocket: it answers the handshake with 101. */
export function webSocket(url: URL, timeoutMs: number): Promise<Found> {
  const check = `websocket ${url.pathname}`;
  const headers = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": randomBytes(16).toString("base64"),
  };
  return new Promise((done) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const asked = (url.protocol === "https:" ? overHttps : overHttp)(url, { headers, signal });
    asked.on("upgrade", (_, socket) => {
      socket.destroy();
      done(found(check, true, "opened"));
    });
    asked.on("response", (response) => {
      response.resume();
      done(found(check, false, `answered ${response.statusCode}, and 101 opens it`));
    });
    asked.on("error", (error) => done(found(check, false, unanswered({ ...error, cause: error }))));
    asked.end();
  });
}
