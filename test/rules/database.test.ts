import { postgresSsl } from "../../core/rules/database/postgresSsl.ts";
import { inCronJob, manifest, withContainer } from "./manifests.ts";
import { table } from "./table.ts";

const variables = (values: Record<string, unknown>) =>
  withContainer({ env: Object.entries(values).map(([name, value]) => ({ name, value })) });
const secret = (stringData: object) => manifest("Secret", { stringData });
const base64 = (text: string) => Buffer.from(text).toString("base64");
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
    "another program's option": withContainer({ args: ["--ssl=off"] }),
  },
});
