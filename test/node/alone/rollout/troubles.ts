import { eventually } from "../../eventually.ts";
import { cutNetwork } from "../../faults/cutNetwork.ts";
import { deletePod } from "../../faults/deletePod.ts";
import { evict } from "../../faults/evict.ts";
import { fillDisk } from "../../faults/fillDisk.ts";
import { freezeProgram } from "../../faults/freezeProgram.ts";
import { killContainer } from "../../faults/killContainer.ts";
import { killEngine } from "../../faults/killEngine.ts";
import { killProgram } from "../../faults/killProgram.ts";
import type { NodeProgram } from "../../faults/nodeProgram.ts";
import type { RollingSystem } from "./rollingSystem.ts";
import type { Row } from "./row.ts";

const killed = (program: NodeProgram): Row => ({
  name: `${program} killed`,
  meanwhile: ({ machine }) => killProgram(machine, program),
  again: true,
});

const slowStart = { startDelay: 12 };

/** What goes wrong while a good version is rolled out. */
export const troubles: Row[] = [
  {
    name: "all pods moved away, as a drain does it",
    before: slowStart,
    meanwhile: async (system) => evict(system.machine, await system.pods()),
  },
  {
    name: "the same, without the disruption budget",
    before: slowStart,
    meanwhile: async (system) => {
      for (const pod of await system.pods()) await deletePod(system.machine, pod);
    },
    loses: "some",
  },
  {
    name: "a pod deleted",
    meanwhile: async (system) => deletePod(system.machine, (await system.pods())[0]!),
  },
  {
    name: "a container's process killed",
    meanwhile: async (system) => killContainer((await system.pods())[0]!),
    loses: "a pod's",
  },
  {
    name: "a pod that fills its disk",
    change: "nothing",
    meanwhile: fillOne,
    loses: "a pod's",
  },
  // Started anew it calls its pods unready until it has asked them (kubernetes#100277), and here they are all its.
  { ...killed("kubelet"), loses: "a moment's" },
  ...(["containerd", "kube-apiserver", "etcd"] as const).map(killed),
  {
    name: "kube-apiserver frozen for 5 s",
    meanwhile: ({ machine }) => freezeProgram(machine, "kube-apiserver", 5),
    again: true,
  },
  {
    name: "the database cut off for 20 s",
    meanwhile: async (system) =>
      cutNetwork(system.machine, await system.database(), () => new Promise((done) => setTimeout(done, 20_000))),
  },
  { name: "the engine killed", meanwhile: async ({ trial }) => killEngine(trial.project), again: true },
];

/** The kubelet moves a pod away that is over its quota; another one takes its place. */
async function fillOne(system: RollingSystem): Promise<void> {
  const [full] = await system.pods();
  await fillDisk(system.machine, full!, 100);
  await eventually(async () => {
    const pods = await system.pods();
    return (pods.length === 2 && !pods.some(({ uid }) => uid === full!.uid)) || undefined;
  });
}
