import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { tell } from "../../core/told.ts";
import { ArgumentError } from "../argument.ts";
import type { StoreCredentialsArgs } from "../backup/args.ts";
import { checkEnvironment } from "../checkEnvironment.ts";
import { inEnvironment, type Member, member, placeOf } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";
import type { Link } from "../link.ts";
import { refuseBad } from "../refuse.ts";
import { checkArguments } from "../shape.ts";
import type { ObjectStoreArgs } from "./args.ts";
import { checkEncrypted, checkOwnName } from "./own.ts";
import { objectStoreSettings, port } from "./settings.ts";
import { objectStoreShape } from "./shape.ts";
import { statefulSetSpec } from "./statefulSet.ts";

/**
 * A bucket of S3-compatible storage: with `endpoint` one that is there, with `image` one on a server of one's own, in dev and
 * review. An app that links to it gets the endpoint by the link's variable, bucket, region and keys beside it, and the way there.
 *
 * @remarks
 * - A bucket outside is made by its own people, in its own console: what makes it must not be what may empty it.
 * - A server of one's own is one pod on one volume, which goes with it: nobody's only copy of anything belongs there.
 * - Another `bucket` is another one with nothing in it.
 */
export class ObjectStore extends pulumi.ComponentResource {
  /** How to use it. */
  readonly link: Link;

  constructor(name: string, args: ObjectStoreArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("ObjectStore", name, args, objectStoreShape);
    const me = member(name, "objects", args.environment);
    const settings = objectStoreSettings(args);
    tell({ kind: "ObjectStore", name, args, profile: me.profile, complete: () => settings });
    checkPlace(`ObjectStore ${name}`, me, args);
    super("palier:index:ObjectStore", name, { bucket: args.bucket }, inEnvironment(args.environment, opts));
    const { link, credentials } = args.endpoint
      ? { link: args.endpoint, credentials: args.credentials! }
      : this.#server(me, args);
    const { variables, region } = settings;
    this.link = {
      ...link,
      variables: { [variables.bucket]: args.bucket, [variables.region]: region },
      secrets: { [variables.id]: credentials.id, [variables.secret]: credentials.secret },
    };
    this.registerOutputs({ bucket: args.bucket });
  }

  #server(me: Member, args: ObjectStoreArgs): { link: Link; credentials: StoreCredentialsArgs } {
    const { name } = me;
    const child = { parent: this };
    const { storage, resources: size } = objectStoreSettings(args);
    const key = new random.RandomPassword(`${name}-key`, { length: 40, special: false }, child).result;
    // In quotes: rclone takes the commas of a variable to part one pair from the next.
    const keys = { id: name, secret: key, "auth-key": pulumi.interpolate`"${name},${key}"` };
    const secret = frozenSecret(`${name}-secret`, me, keys, child);
    const spec = statefulSetSpec({ me, image: args.image!, bucket: args.bucket, secret, storage, size });
    refuseBad(me, [{ kind: "StatefulSet", args: { metadata: me.metadata(name), spec } }]);
    const statefulSet = new k8s.apps.v1.StatefulSet(name, { metadata: me.metadata(name), spec }, child);
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      { metadata: me.metadata(name), spec: { selector: me.selector, ports: [{ name: "s3", port }] } },
      { parent: this, dependsOn: statefulSet },
    );
    const ready = pulumi.all([statefulSet.id, service.id]).apply(() => name);
    return {
      link: { kind: "s3", ...placeOf(me), host: name, port, ready, address: `http://${name}:${port}` },
      credentials: { id: { name: secret, key: "id" }, secret: { name: secret, key: "secret" } },
    };
  }
}

/** Refuses what can't be in this environment. */
function checkPlace(path: string, me: Member, { bucket, endpoint, image }: ObjectStoreArgs): void {
  checkOwnName(`${path}: bucket`, bucket, me.stage);
  const at = `${path}: endpoint`;
  if (endpoint?.environment) checkEnvironment(at, endpoint, endpoint.environment, me);
  if (me.stage === "dev" || me.stage === "review") return;
  if (image !== undefined) {
    const reason = `is for dev and review, and this is ${me.stage}: its objects would go with one pod's volume; give an endpoint`;
    throw new ArgumentError(`${path}: image`, reason);
  }
  checkEncrypted(at, endpoint!);
}
