import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { BlockList, isIP } from "node:net";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** What an app with this link declares. */
const linked = (args: palier.OutsideArgs, more: Partial<palier.AppArgs> = {}) =>
  declared({ stack: "staging", secrets: { "avnir:SMTP_URL": "smtps://me:hush-hush-hush@smtp.example.com" } }, () => {
    const environment = new palier.Environment("shop");
    new palier.App("api", { environment, image, links: { SMTP_URL: palier.outside(args) }, ...more });
  });

interface Block {
  ipBlock: { cidr: string; except?: string[] };
}

/** Whether these peers hold an address. */
function holds(peers: Block[], address: string): boolean {
  const family = isIP(address) === 4 ? "ipv4" : "ipv6";
  const within = (ranges: string[]) => {
    const list = new BlockList();
    for (const range of ranges) {
      const [net, prefix] = range.split("/") as [string, string];
      list.addSubnet(net, Number(prefix), isIP(net) === 4 ? "ipv4" : "ipv6");
    }
    return list.check(address, family);
  };
  return peers.some(({ ipBlock }) => within([ipBlock.cidr]) && !within(ipBlock.except ?? []));
}

describe("a link to what is outside", () => {
  const rule = (resources: Awaited<ReturnType<typeof declared>>) => {
    const { spec } = find(resources, policy, "api-smtp-url-out").inputs;
    deepEqual(spec.podSelector, { matchLabels: { "app.kubernetes.io/name": "api" } });
    deepEqual(spec.policyTypes, ["Egress"]);
    equal(spec.egress.length, 1);
    return spec.egress[0] as { to: Block[]; ports: object[] };
  };

  it("opens the declared ranges alone, on its port, and no way in [DP-90]", async () => {
    const resources = await linked({
      host: "smtp.example.com",
      port: 465,
      cidrs: ["198.51.100.0/28", "2001:db8::/64"],
    });
    const { to, ports } = rule(resources);
    deepEqual(to, [{ ipBlock: { cidr: "198.51.100.0/28" } }, { ipBlock: { cidr: "2001:db8::/64" } }]);
    deepEqual(ports, [{ protocol: "TCP", port: 465 }]);
    ok(!resources.some(({ name }) => name === "api-smtp-url-in"));
  });

  it("by name alone opens that port of public addresses, and of no private, link-local or metadata one", async () => {
    const { to, ports } = rule(await linked({ host: "api.stripe.com" }));
    deepEqual(ports, [{ protocol: "TCP", port: 443 }]);
    const open = ["1.1.1.1", "54.187.205.235", "172.32.0.1", "192.169.0.1", "2606:4700:4700::1111", "2a00:1450::1"];
    for (const address of open) ok(holds(to, address), address);
    const closed = [
      ...["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "127.0.0.1", "0.0.0.0"],
      ...["169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "224.0.0.1", "255.255.255.255"],
      ...["::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "fd20:ce::254", "ff02::1", "::ffff:10.0.0.1"],
      ...["64:ff9b::a00:1", "2002:a00:1::", "2001::1"],
    ];
    for (const address of closed) ok(!holds(to, address), address);
  });

  it("of a host that is an address opens that one", async () => {
    deepEqual(rule(await linked({ host: "192.0.2.7" })).to, [{ ipBlock: { cidr: "192.0.2.7/32" } }]);
    deepEqual(rule(await linked({ host: "2001:db8::7" })).to, [{ ipBlock: { cidr: "2001:db8::7/128" } }]);
  });

  it("gives the variable its address", async () => {
    const address = async (args: palier.OutsideArgs) =>
      find(await linked(args), "kubernetes:core/v1:ConfigMap", "api-variables").inputs.data["SMTP_URL"];
    equal(await address({ host: "api.stripe.com" }), "https://api.stripe.com");
    equal(await address({ host: "api.stripe.com", port: 8443 }), "https://api.stripe.com:8443");
    equal(await address({ host: "smtp.example.com", port: 465, scheme: "smtps" }), "smtps://smtp.example.com:465");
    equal(await address({ host: "2001:db8::7", port: 80, scheme: "http" }), "http://[2001:db8::7]");
  });

  it("leaves the address to the app's secret of the same variable, where it needs credentials [DP-31]", async () => {
    const args = { host: "smtp.example.com", port: 465, scheme: "smtps" };
    const resources = await linked(args, { secrets: { SMTP_URL: { config: true } } });
    const { data } = find(resources, "kubernetes:core/v1:ConfigMap", "api-variables").inputs;
    ok(!("SMTP_URL" in data));
    const { env } = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec.containers[0];
    equal(env.find(({ name }: { name: string }) => name === "SMTP_URL").valueFrom.secretKeyRef.key, "SMTP_URL");
    rule(resources);
  });

  const wrong: Record<string, [palier.OutsideArgs, RegExp]> = {
    "a scheme before the name": [
      { host: "https://api.stripe.com" },
      /^outside: host: "https:\/\/api.stripe.com" is not/,
    ],
    "a port behind it": [{ host: "api.stripe.com:443" }, /^outside: host: .* give a DNS name such as api.stripe.com/],
    "a name in capitals": [{ host: "API.stripe.com" }, /^outside: host: "API.stripe.com" is not allowed/],
    "any host of a domain": [{ host: "*.stripe.com" }, /^outside: host: "\*.stripe.com" is not allowed/],
    "a name without a domain": [
      { host: "db" },
      /^outside: host: "db" is a name of the cluster's own; link to the comp/,
    ],
    "a Service of the cluster": [{ host: "db.shop.svc" }, /is a name of the cluster's own/],
    "the same in full": [{ host: "db.shop.svc.cluster.local" }, /is a name of the cluster's own/],
    "the pod itself": [{ host: "localhost" }, /is a name of the cluster's own/],
    "half an address": [{ host: "10.0.0" }, /^outside: host: "10.0.0" is neither a DNS name nor an IP address/],
    "port 0": [{ host: "api.stripe.com", port: 0 }, /^outside: port: 0 is not allowed; give a whole number from 1 to/],
    "a port too high": [{ host: "api.stripe.com", port: 65536 }, /^outside: port: 65536 is not allowed/],
    everything: [
      { host: "api.stripe.com", cidrs: ["0.0.0.0/0"] },
      /^outside: cidrs\[0\]: "0.0.0.0\/0" .*at the widest/,
    ],
    "half of it": [{ host: "api.stripe.com", cidrs: ["128.0.0.0/1"] }, /^outside: cidrs\[0\]: .*of \/8 at the widest/],
    "everything of version 6": [
      { host: "api.stripe.com", cidrs: ["1.1.1.1/32", "::/0"] },
      /^outside: cidrs\[1\]: "::\/0"/,
    ],
    "an address without its length": [
      { host: "api.stripe.com", cidrs: ["1.1.1.1"] },
      /^outside: cidrs\[0\]: "1.1.1.1"/,
    ],
    "no range at all": [{ host: "api.stripe.com", cidrs: [] }, /^outside: cidrs: an empty list is not allowed/],
    "a scheme that is none": [{ host: "api.stripe.com", scheme: "https://" }, /^outside: scheme: "https:\/\/" is not/],
    "an argument that there is not": [
      { host: "a.io", cidr: [] } as never,
      /^outside: "cidr" is not allowed; give only/,
    ],
  };
  for (const [what, [args, says]] of Object.entries(wrong)) {
    it(`is refused with its path and what is allowed: ${what}`, () =>
      throws(() => palier.outside(args), { message: says }));
  }
});
