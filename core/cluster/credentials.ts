import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { Unreachable } from "./apiError.ts";
import type { ExecEntry, Target, UserEntry } from "./kubeconfig.ts";

const run = promisify(execFile);

/** What a request carries to say who asks. */
export interface Credentials {
  authorization?: string;
  cert?: string | Buffer;
  key?: string | Buffer;
  /** Milliseconds since the epoch after which they must be fetched anew. */
  expires?: number;
}

export async function credentialsOf(target: Target): Promise<Credentials> {
  const { user } = target;
  if (user["auth-provider"] !== undefined) {
    throw new Unreachable(
      `context ${target.context} uses the removed auth-provider ${user["auth-provider"].name}; use an exec plugin, a token or a client certificate`,
    );
  }
  if (user.exec !== undefined) return fromExec(user.exec, target);
  return { ...clientCertificate(user), authorization: authorization(user) };
}

function authorization(user: UserEntry): string | undefined {
  const token = user.tokenFile ? readFileSync(user.tokenFile, "utf8").trim() : user.token;
  if (token) return `Bearer ${token}`;
  if (user.username) return `Basic ${Buffer.from(`${user.username}:${user.password ?? ""}`).toString("base64")}`;
  return undefined;
}

function clientCertificate(user: UserEntry): Pick<Credentials, "cert" | "key"> {
  return {
    cert: dataOrFile(user["client-certificate-data"], user["client-certificate"]),
    key: dataOrFile(user["client-key-data"], user["client-key"]),
  };
}

export function dataOrFile(data: string | undefined, path: string | undefined): Buffer | undefined {
  if (data) return Buffer.from(data, "base64");
  return path ? readFileSync(path) : undefined;
}

interface ExecCredential {
  status?: {
    token?: string;
    clientCertificateData?: string;
    clientKeyData?: string;
    expirationTimestamp?: string;
  };
}

/** The client-go credential plugins (`aws eks get-token` and the like), never interactive. */
async function fromExec(exec: ExecEntry, target: Target): Promise<Credentials> {
  const info = { apiVersion: exec.apiVersion, kind: "ExecCredential", spec: { interactive: false } };
  const env = Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value]));
  try {
    const { stdout } = await run(exec.command, exec.args ?? [], {
      env: { ...process.env, ...env, KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    });
    const { status } = JSON.parse(stdout) as ExecCredential;
    return {
      authorization: status?.token ? `Bearer ${status.token}` : undefined,
      cert: status?.clientCertificateData,
      key: status?.clientKeyData,
      expires: status?.expirationTimestamp ? Date.parse(status.expirationTimestamp) : undefined,
    };
  } catch (error) {
    // Its output may hold a token: only say that it failed, and how.
    const code = (error as { code?: string | number }).code ?? "no credential in its output";
    throw new Unreachable(
      `the credential plugin ${JSON.stringify(exec.command)} of context ${target.context} failed (${code})`,
    );
  }
}
