import { postgresSsl } from "../../core/rules/database/postgresSsl.ts";
import { noProductionData } from "../../core/rules/database/productionData.ts";
import { requiredExtensions } from "../../core/rules/database/requiredExtensions.ts";
import { modestRoles } from "../../core/rules/database/roleRights.ts";
import { inCronJob, type Manifest, manifest, withContainer } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const variables = (values: Record<string, unknown>) =>
  withContainer({ env: Object.entries(values).map(([name, value]) => ({ name, value })) });
const secret = (stringData: object) => manifest("Secret", { stringData });
const base64 = (text: string) => Buffer.from(text).toString("base64");
const hba = (...lines: string[]) =>
  manifest("Cluster", { apiVersion: "postgresql.cnpg.io/v1", spec: { postgresql: { pg_hba: lines } } });
const plainUrl = "postgres://shop@db.example/shop";

table(postgresSsl, {
  refuses: {
    "an address that lets TLS go": variables({ DATABASE_URL: `${plainUrl}?sslmode=prefer` }),
    "one that says nothing": secret({ DATABASE_URL: "postgresql://shop:hunter22@db/shop" }),
    "one in base64, under any name": manifest("Secret", { data: { address: base64(`${plainUrl}?sslmode=disable`) } }),
    "a driver's scheme": variables({ A: "postgresql+asyncpg://shop@db/shop?ssl=prefer" }),
    "JDBC without": variables({ SPRING_DATASOURCE_URL: "jdbc:postgresql://db:5432/shop?ssl=false" }),
    "JDBC that takes it back": variables({ URL: "jdbc:postgresql://db/shop?ssl=true&sslmode=disable" }),
    "one of two modes": variables({ URL: `${plainUrl}?sslmode=require&sslmode=disable` }),
    "libpq's words": variables({ DSN: "host=db.example dbname=shop user=shop" }),
    "ADO.NET's words": variables({ ConnectionStrings__Db: "Host=db;Database=shop;Ssl Mode=Disable" }),
    "an address on the command line": inCronJob(withContainer({ command: ["pg_dump", plainUrl] })),
    "an address in a file": manifest("ConfigMap", { data: { ".env": `A=1\nDATABASE_URL=${plainUrl}\n` } }),
    "libpq's variable": variables({ PGSSLMODE: "allow" }),
    "a switch": variables({ DATABASE_SSL: "false" }),
    "a server without": withContainer({ args: ["-c", "ssl=off"] }),
    "a server without, in one word": withContainer({ image: "postgres:17", command: ["postgres", "--ssl=off"] }),
    "an operator's cluster that lets in who speaks in clear": hba("hostnossl all all all scram-sha-256"),
    "one that asks for no password": hba("host all all 10.0.0.0/8 trust"),
    "a server's file": manifest("ConfigMap", { data: { "postgresql.conf": "port = 5432\nssl = off\n" } }),
  },
  passes: {
    "a verified connection": variables({ DATABASE_URL: `${plainUrl}?sslmode=verify-full` }),
    "an encrypted one": secret({ url: `${plainUrl}?pool=5&sslmode=require` }),
    "JDBC with a switch": variables({ URL: "jdbc:postgresql://db/shop?ssl=true" }),
    "libpq's variable beside it": variables({ DATABASE_URL: plainUrl, PGSSLMODE: "require" }),
    "a proxy in the same pod": variables({ DATABASE_URL: "postgres://shop@localhost:5432/shop" }),
    "a socket": variables({ DATABASE_URL: "postgres:///shop?host=/var/run/postgresql" }),
    "another database": variables({ MONGO_URL: "mongodb://db/shop" }),
    "a server with it": withContainer({ image: "postgres:17", args: ["-c", "ssl=on"] }),
    "an operator's cluster that turns those away": hba("hostssl all all all scram-sha-256", "host all all all reject"),
    "another program's option": withContainer({ args: ["--ssl=off"] }),
  },
});

table(noProductionData, {
  refuses: {
    "production's database": variables({ DATABASE_URL: "postgres://shop@db.example/shop_prod?sslmode=require" }),
    "production's server": secret({ url: "mongodb+srv://shop@shop-production.example/shop" }),
    "its host alone": variables({ DB_HOST: "db.prod.example.com" }),
    "its name alone": variables({ PGDATABASE: "prod_db" }),
    "its name in capitals": variables({ POSTGRES_DB: "SHOP_PROD2" }),
    "its bucket": variables({ BACKUP_BUCKET: "shop-backups-production" }),
    "a folder of a bucket": variables({ SOURCE: "s3://shop-backups/prod/latest.dump" }),
    "a restore on the command line": inCronJob(withContainer({ args: ["pg_restore", "-d", "shop", "-h", "db-prod"] })),
    "one within a script": withContainer({ command: ["sh", "-c", "pg_dump shop_prod | psql shop"] }),
    "a file of settings": manifest("ConfigMap", { data: { "app.yaml": "database:\n  host: shop-prod.example\n" } }),
    "a restored backup": manifest("Restore", { spec: { backupName: "shop-prod-20260101" } }),
    "a volume from a snapshot": manifest("PersistentVolumeClaim", { spec: { dataSource: { name: "db-production" } } }),
    "a cluster from another": manifest("Cluster", { spec: { bootstrap: { recovery: { source: "shop-prod" } } } }),
    "another word for it": { set: { words: ["live"] }, of: variables({ DB_NAME: "shop_live" }) },
  },
  passes: {
    "this environment's own": variables({ DATABASE_URL: "postgres://shop@db/shop_staging", DB_HOST: "db-staging" }),
    products: variables({
      DB_NAME: "product_catalogue",
      BUCKET: "products",
      REDIS_HOST: "product",
    }),
    "what is like production": variables({ DB_HOST: "db.preprod.example", DB_NAME: "non-prod" }),
    "another kind of setting": variables({ NODE_ENV: "production", REDIS_MODE: "production" }),
    "another program's word": withContainer({ command: ["node", "server.ts", "--mode", "production"] }),
    "a snapshot of its own": manifest("PersistentVolumeClaim", { spec: { dataSource: { name: "db-staging" } } }),
  },
});

const role = (rights: Record<string, unknown>) => manifest("PostgresqlRole", rights);
table(modestRoles, {
  refuses: {
    "a superuser": role({ superuser: true }),
    "one that makes roles": role({ createRole: "true" }),
    "one that passes row security by": role({ bypassRowLevelSecurity: true }),
    "a grant of all": manifest("PostgresqlGrant", { objectType: "table", privileges: ["ALL"] }),
  },
  passes: {
    "a role that may nothing by itself": role({ superuser: false }),
    "a grant of what is needed": manifest("PostgresqlGrant", { privileges: ["SELECT", "INSERT"] }),
  },
});

const stack = manifest("Stack", {}, { name: "shop-production" });
const postgis = { extensions: ["postgis"] };
const making = (...others: Manifest[]) => ({ set: postgis, of: [stack, ...others] }) as const;

table(requiredExtensions, {
  refuses: {
    "one that nothing makes": making(),
    "one of another name": making(manifest("PostgresqlExtension", { name: "postgis_raster" })),
    "one that an operator takes away": making(
      manifest("Database", { spec: { extensions: [{ name: "postgis", ensure: "absent" }] } }),
    ),
    "one that the database's image lacks": making(
      manifest("PostgresqlExtension", { name: "postgis" }),
      withContainer({ image: "docker.io/library/postgres:17" }),
    ),
  },
  passes: {
    "one that the program declares": making(manifest("PostgresqlExtension", { name: "postgis" })),
    "one that an operator makes": making(manifest("Database", { spec: { extensions: [{ name: "postgis" }] } })),
    "one in a script": making(
      manifest("ConfigMap", { data: { "init.sql": "CREATE EXTENSION IF NOT EXISTS postgis;" } }),
    ),
    "one in a command": making(withContainer({ args: ["-c", 'create extension "postgis"'] })),
    "one that a Job is told": making(withContainer({ env: [{ name: "EXTENSIONS", value: "pg_trgm,postgis" }] })),
    "an image that has it": making(
      manifest("PostgresqlExtension", { name: "postgis" }),
      withContainer({ image: "postgis/postgis:17-3.5" }),
    ),
    "any, where nobody says": [stack],
  },
});
