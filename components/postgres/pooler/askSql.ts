/**
 * Lets the pooler ask for the secret of a role that logs in, and for nothing else: no superuser's, none of another kind than SCRAM.
 * The function is in each database, since PgBouncer asks in the one that a client connects to. Its body has a name: Kubernetes takes
 * two dollars in a variable for one.
 */
export function askSql(databases: readonly string[]): string {
  return `${begin}${databases.map((name) => `\\set database ${name}\n${inDatabase}`).join("")}`;
}

const begin = String.raw`
\set ON_ERROR_STOP on
\getenv pooler POOLER
\getenv password POOLER_PASSWORD

SELECT pg_advisory_lock(7241);
SELECT format('CREATE ROLE %I', :'pooler')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'pooler') \gexec
ALTER ROLE :"pooler" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
`;

const inDatabase = String.raw`
SELECT format('CREATE DATABASE %I', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
\connect :"database"
SET search_path = pg_catalog;
SELECT pg_advisory_lock(7241);
GRANT CONNECT ON DATABASE :"database" TO :"pooler";
CREATE SCHEMA IF NOT EXISTS palier_pooler;
REVOKE ALL ON SCHEMA palier_pooler FROM PUBLIC;
CREATE OR REPLACE FUNCTION palier_pooler.secret_of(asked text) RETURNS TABLE (role name, secret text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
  AS $body$ SELECT rolname, rolpassword FROM pg_authid
         WHERE rolname = asked AND rolcanlogin AND NOT rolsuper AND rolpassword LIKE 'SCRAM-SHA-256$%'
           AND (rolvaliduntil IS NULL OR rolvaliduntil > now()) $body$;
REVOKE ALL ON FUNCTION palier_pooler.secret_of(text) FROM PUBLIC;
GRANT USAGE ON SCHEMA palier_pooler TO :"pooler";
GRANT EXECUTE ON FUNCTION palier_pooler.secret_of(text) TO :"pooler";
`;
