import type * as pulumi from "@pulumi/pulumi";

/** A key of a Secret. */
export interface SecretKey {
  /** Name of the Secret, in the namespace of the environment. */
  name: pulumi.Input<string>;
  /** Key in the Secret. */
  key: string;
}

/** A key of a ConfigMap. */
export interface ConfigMapKey {
  /** Name of the ConfigMap, in the namespace of the environment. */
  name: pulumi.Input<string>;
  /** Key in the ConfigMap. */
  key: string;
}

/** What a Postgres server tells an app, which then gets a role of its own in one of its databases. */
export interface PostgresLink {
  /** Database the app works in. */
  database: string;
  /** Password of the superuser, by which the app's role is made and granted. */
  admin: SecretKey;
  /** Certificate of the authority that signed the server's, in PEM: clients verify it. */
  authority: ConfigMapKey;
  /** Image that holds `psql`, a reference with its digest. */
  image: pulumi.Input<string>;
  /** Extensions the database must have. */
  extensions: string[];
}

/**
 * How to use another component: plain data, exported by the component that is linked to. An app that takes it gets the
 * variable, the Secret reference, its own role and grants, both network policies and the start order.
 */
export interface Link {
  /** Name under which the target answers, as the clients' DNS knows it. */
  host: pulumi.Input<string>;
  /** Port that the target listens on, 1–65535. */
  port: number;
  /** Labels of the target's pods; the network policies are made from them. */
  selector: { [label: string]: string };
  /** Known when the target is ready: what waits for this value starts after it. */
  ready: pulumi.Input<string>;
  /** Address of a target that asks for no credentials. */
  address?: pulumi.Input<string>;
  /** Where the target's address, with its credentials, stands ready. */
  secret?: SecretKey;
  /** A Postgres server: the app's own role is made in it. */
  postgres?: PostgresLink;
}
