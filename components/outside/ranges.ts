import type { types } from "@pulumi/kubernetes";
import type { OutsideLink } from "../link.ts";

type Peer = types.input.networking.v1.NetworkPolicyPeer;

/** What is not public (IANA's special-purpose registries), and what clouds tell their machines secrets at. */
const notPublic = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];

/** Of the global addresses of version 6: those of protocols and of examples, and those that hold one of version 4. */
const notPublic6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const publicAddresses: Peer[] = [
  { ipBlock: { cidr: "0.0.0.0/0", except: notPublic } },
  { ipBlock: { cidr: "2000::/3", except: notPublic6 } },
];

/** Where what stands outside may be. */
export function rangesOf({ cidrs }: OutsideLink): Peer[] {
  return cidrs ? cidrs.map((cidr) => ({ ipBlock: { cidr } })) : publicAddresses;
}
