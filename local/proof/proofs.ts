/** What takes longer than anybody waits for a test; `npm test` runs a short form of each whose file is a test's. */
export interface Proof {
  /** The test file, in which `test/proof.ts` tells the long form from the short one. */
  file: string;
  /** Others that belong to it. */
  more?: string[];
  /** Traefik runs on its node. */
  edge?: true;
  /** What it shows, as a sentence of `docs/proof.md`. */
  shows: string;
  /** How long it takes, about, on two processors. */
  minutes: number;
  /** It needs no node of ours: it makes the machine that it needs, or needs none. */
  alone?: true;
}

export const proofs: Record<string, Proof> = {
  fuzz: {
    file: "test/node/fuzz.test.ts",
    shows:
      "Each of thousands of seeded stack files and component arguments, as allowed, just beyond it, or broken in any way, gives objects that the API's schema takes, and the API server those of some of them; or one error with a path, without a stack trace and without a secret. How many of each, the tables say.",
    minutes: 8,
  },
  interruptions: {
    file: "test/node/interruptions.test.ts",
    shows:
      "After kill -9 or Ctrl-C at a hundred moments of `npm start`, `pulumi up` and `pulumi destroy`, the documented command goes on; a cold build at five.",
    minutes: 130,
  },
  prevention: {
    file: "test/node/prevention.test.ts",
    shows: "Each preventive rule refuses at `up` what it could not decide at preview, before it is made.",
    minutes: 25,
  },
  prohibitions: {
    file: "test/node/prohibitions.test.ts",
    shows:
      "Each thing that one of the five systems forbids is refused by name when AVNIR does it, and nothing else is.",
    minutes: 20,
  },
  node: {
    file: "test/node/alone/node.test.ts",
    shows:
      "A node that is killed under writes loses nothing it has acknowledged; it can be restarted again and again, renews its certificates, leaves nothing on the machine, and says what disk it needs.",
    minutes: 30,
  },
  rollouts: {
    file: "test/node/alone/rollout.test.ts",
    shows:
      "A rolling update loses no request by itself; where a container dies or the kubelet is killed, at most what one pod had, or new connections for a moment; each protection is tried once without it.",
    minutes: 50,
  },
  releases: {
    file: "test/node/alone/release.test.ts",
    more: ["canary", "phases", "analysis", "meanwhile", "certificate", "argo", "releaseTimes"].map(
      (name) => `test/node/alone/${name}.test.ts`,
    ),
    edge: true,
    shows:
      "A release loses no request on new connections, and at most two on kept ones, by every strategy and whatever goes wrong with it, and through Traefik none at all; a canary has its share to two points; without the record that is written first, one that was killed takes the app down. The same by Argo Rollouts, and how long each takes beside it and kubectl.",
    minutes: 130,
  },
  systems: {
    file: "test/node/environments.test.ts",
    shows:
      "Each of the five systems comes up in dev, in staging beside it, and, once dev has made room, in production, alone on a node, by the same digests.",
    minutes: 20,
  },
  data: {
    file: "test/data/data.test.ts",
    shows:
      "Postgres and Redis killed with kill -9 while they are written to lose nothing that they have promised to keep; a backup of a million rows is found whole by a drill; and rotations of a database role fail no request. On 127.0.0.1, by the servers themselves; on a node, `test/node` kills pods, and rotates them through the rollout of an app.",
    minutes: 8,
    alone: true,
  },
  cluster: {
    file: "test/node/postgresCluster.test.ts",
    more: ["test/node/postgresArchive.test.ts"],
    shows:
      "CloudNativePG's own operator brings up a Postgres of three servers as Palier declares it, and none of its acknowledged rows is lost where another server takes over. Its own plugin Barman Cloud archives one, and each moment of it comes back.",
    minutes: 30,
  },
  picture: {
    file: "test/cli/picture/browser.test.ts",
    shows:
      "A real browser, Debian's Chromium, shows the page of `palier picture`: in light and dark, by keyboard, on a narrow screen and printed, with nothing fetched and no words upon others. It takes the README's picture of it.",
    minutes: 8,
    alone: true,
  },
  cold: {
    file: "test/cold/cold.proof.ts",
    shows: "On an empty Debian, with Node, npm and Go as they are here, the README's two commands do what it says.",
    minutes: 60,
    alone: true,
  },
};
