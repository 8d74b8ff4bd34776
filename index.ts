export { App } from "./components/app/app.ts";
export type { AppArgs, AppTaskArgs, AppWorkerArgs, HealthArgs, HookArgs, ShutdownArgs } from "./components/app/args.ts";
export type { AppOptions, AppOverrides } from "./components/app/overrides.ts";
export type {
  AssertionArgs,
  BackupArgs,
  BackupStoreArgs,
  DrillArgs,
  KeepArgs,
  RestoreArgs,
  StoreCredentialsArgs,
} from "./components/backup/args.ts";
export { Backup } from "./components/backup/backup.ts";
export { configuration } from "./components/configuration.ts";
export type {
  BasicAuthArgs,
  CorsArgs,
  EdgeArgs,
  EdgeTlsArgs,
  MaintenanceArgs,
  OidcArgs,
  RedirectArgs,
} from "./components/edge/args.ts";
export type { EdgeControllerArgs } from "./components/edge/controllerArgs.ts";
export type {
  EnvironmentArgs,
  EnvironmentRef,
  PeopleArgs,
  PriorityClassArgs,
  ProfileArgs,
  PrometheusArgs,
  ReplicasArgs,
} from "./components/environment/args.ts";
export type { ContainersArgs, QuotaArgs } from "./components/environment/boundsArgs.ts";
export type { ClusterArgs } from "./components/environment/clusterArgs.ts";
export { Environment } from "./components/environment/environment.ts";
export type { IdentityArgs, IdentityExportArgs } from "./components/identity/args.ts";
export { Identity } from "./components/identity/identity.ts";
export type { ImageArgs } from "./components/image/args.ts";
export { Image } from "./components/image/image.ts";
export type {
  ConfigMapKey,
  Link,
  MongoLink,
  OutsideLink,
  PoolArgs,
  PoolNames,
  PostgresLink,
  PostgresPoolerLink,
  SecretKey,
} from "./components/link.ts";
export type { MigrationArgs, PauseArgs } from "./components/migration/args.ts";
export { Migration } from "./components/migration/migration.ts";
export type { MongoArgs, MongoRestoreArgs } from "./components/mongo/args.ts";
export { Mongo } from "./components/mongo/mongo.ts";
export type {
  EmailArgs,
  MonitoringArgs,
  PagerDutyArgs,
  ReceiversArgs,
  SlackArgs,
} from "./components/monitoring/args.ts";
export { Monitoring } from "./components/monitoring/monitoring.ts";
export type { ObjectStoreArgs, StoreVariablesArgs } from "./components/objectStore/args.ts";
export { ObjectStore } from "./components/objectStore/objectStore.ts";
export type { Artefacts, ExpoArtefact, VercelArtefact, VercelBuild } from "./components/outputs/artefacts.ts";
export type { Connection } from "./components/outputs/connection.ts";
export type { DnsRecord } from "./components/outputs/dnsRecord.ts";
export { type Outputs, outputs } from "./components/outputs/outputs.ts";
export type { OutsideArgs } from "./components/outside/args.ts";
export { outside } from "./components/outside/outside.ts";
export type { DatabaseArgs, PostgresArgs, PostgresExternalArgs } from "./components/postgres/args.ts";
export type {
  PostgresArchiveArgs,
  PostgresClusterArgs,
  PostgresOperatorArgs,
  PostgresRecoveryArgs,
} from "./components/postgres/cluster/args.ts";
export type { PostgresPoolerArgs } from "./components/postgres/pooler/args.ts";
export { Postgres } from "./components/postgres/postgres.ts";
export type { RedisArgs, RedisExternalArgs, RedisFailoverArgs, RedisUserArgs } from "./components/redis/args.ts";
export { Redis } from "./components/redis/redis.ts";
export type { ResourcesArgs } from "./components/resources.ts";
export type { BlueGreenArgs, RollingArgs, RolloutArgs } from "./components/rollout/args.ts";
export type {
  AnalysisArgs,
  AnalysisPrometheusArgs,
  CanaryArgs,
  CanaryStepArgs,
} from "./components/rollout/canaryArgs.ts";
export type { PhaseArgs } from "./components/rollout/phaseArgs.ts";
export type { PreparedArgs } from "./components/rollout/preparedArgs.ts";
export type { ExternalSecretArgs, SecretArgs, SecretSource, SecretsArgs } from "./components/secrets/args.ts";
export { Secrets } from "./components/secrets/secrets.ts";
export type { BoundsArgs, SloArgs } from "./components/slo/args.ts";
export type { CronTaskArgs, HistoryArgs, TaskProcessArgs } from "./components/task/args.ts";
export { CronTask } from "./components/task/cronTask.ts";
export type { CronTaskOptions, TaskOverrides } from "./components/task/overrides.ts";
export type { Volume } from "./components/volume.ts";
export type { HeartbeatArgs, WorkerArgs, WorkerHealthArgs, WorkerProcessArgs } from "./components/worker/args.ts";
export type { WorkerOptions } from "./components/worker/overrides.ts";
export { Worker } from "./components/worker/worker.ts";
export type {
  ExistingArgs,
  MigrateArgs,
  ProcessArgs,
  QueueArgs,
  ReplicatedArgs,
  ScaleArgs,
  WorkloadArgs,
} from "./components/workload/args.ts";
export type { FlagShareArgs } from "./components/workload/flagArgs.ts";
export type { Override, ReplicaOverrides } from "./components/workload/overridden.ts";
export { type Profile, profiles, type Resources } from "./core/profile.ts";
export { type Stage, stageOf, stages } from "./core/stage.ts";
