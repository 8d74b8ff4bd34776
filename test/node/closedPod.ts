/** One container, what it listens on, and how much it may hold. */
interface Alone {
  name: string;
  /** Label by which it is found. */
  app: string;
  image: string;
  command: string[];
  env: object[];
  port: number;
  memory: string;
  /** Where it may write, all of it in one folder. */
  writable: string[];
}

/** A pod as Pod Security's `restricted` has it, for a server that a test needs beside what it tries. */
export function closedPod({ name, app, image, command, env, port, memory, writable }: Alone): object {
  const container = {
    name: app,
    image,
    command,
    env,
    resources: { requests: { cpu: "50m", memory }, limits: { memory } },
    readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: writable.map((mountPath) => ({ name: "data", mountPath })),
  };
  const securityContext = {
    runAsNonRoot: true,
    runAsUser: 999,
    fsGroup: 999,
    seccompProfile: { type: "RuntimeDefault" },
  };
  const spec = {
    automountServiceAccountToken: false,
    securityContext,
    containers: [container],
    volumes: [{ name: "data", emptyDir: {} }],
  };
  return { apiVersion: "v1", kind: "Pod", metadata: { name, labels: { app } }, spec };
}
