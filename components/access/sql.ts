import { closedSql } from "./closedSql.ts";
import { refusal } from "./refusal.ts";

/**
 * Makes one link's roles in one database, and their grants. It may run again at any time: it makes what is missing and
 * takes away what is no longer given. An advisory lock keeps two runs apart, since concurrent grants fail. It leaves
 * every other role alone, and so the login of the rotation before: pods that still run may know no other one.
 *
 * The tables belong to the database's owner, a role nobody logs in as. Migrations act as that owner; the app may read
 * and write rows, or read them, or nothing of them, and make nothing. What it logs in as of a later rotation acts as the
 * app's role, which holds all grants. A comment on each role says whose it is, for {@link retireSql} to know.
 *
 * It runs as a superuser, or on a server that somebody else runs as one who may make roles: who is then a member of those
 * that it makes, and asks for nothing that only a superuser may.
 *
 * In the app's own database each function is named with its schema: migrations may make one of that name for nearer
 * types, which the superuser would then run.
 */
export const accessSql = String.raw`
\set ON_ERROR_STOP on
\getenv database DATABASE
\getenv owner OWNER
\getenv app APP
\getenv login LOGIN
\getenv login_password LOGIN_PASSWORD
\getenv migrator MIGRATOR
\getenv migrator_password MIGRATOR_PASSWORD
\getenv tables TABLES
\getenv sequences SEQUENCES
\getenv monitor MONITOR
\getenv own OWN
\getenv claim CLAIM
\getenv extensions EXTENSIONS
SELECT :'migrator' <> '' AS migrates, :'tables' <> '' AS reads \gset

SELECT pg_advisory_lock(7241);
${refusal("format('Postgres %s is too old: 15 or later is needed', current_setting('server_version'))", "current_setting('server_version_num')::int < 150000")}
${refusal(
  "format('database %s of this server is already %s: give yours another name', :'database', comment)",
  `:'claim' <> '' AND comment <> :'claim'`,
  "(SELECT shobj_description(oid, 'pg_authid') AS comment FROM pg_roles WHERE rolname = :'owner') AS owner",
)}
SELECT format('CREATE DATABASE %I', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
CREATE TEMPORARY TABLE roles AS
SELECT DISTINCT role FROM unnest(ARRAY[:'owner', :'app', :'login', :'migrator']) AS role WHERE role <> '';
SELECT format('CREATE ROLE %I', role) FROM roles WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec
SELECT format('ALTER ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', role)
  FROM roles JOIN pg_roles ON rolname = role
 WHERE rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls \gexec
SELECT format('GRANT %I TO CURRENT_USER', role) FROM roles WHERE NOT pg_has_role(role, 'USAGE') \gexec
ALTER ROLE :"owner" NOLOGIN;
ALTER ROLE :"login" LOGIN PASSWORD :'login_password';
\if :migrates
ALTER ROLE :"migrator" LOGIN PASSWORD :'migrator_password';
GRANT :"owner" TO :"migrator";
ALTER ROLE :"migrator" IN DATABASE :"database" SET role = :'owner';
\endif
SELECT format('GRANT %1$I TO %2$I; ALTER ROLE %2$I IN DATABASE %3$I SET role = %1$L', :'app', :'login', :'database')
 WHERE :'app' <> :'login' \gexec
SELECT format('COMMENT ON ROLE %I IS %L', role, :'own') FROM roles WHERE role <> :'owner' \gexec
SELECT format('COMMENT ON ROLE %I IS %L', :'owner', :'claim') WHERE :'claim' <> '' \gexec
${closedSql}
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', :'database', role) FROM roles WHERE role IN (:'app', :'migrator') \gexec
\if :monitor
GRANT pg_monitor TO :"app";
\endif

\connect :"database"
SELECT pg_catalog.pg_advisory_lock(7241);
${refusal(
  "pg_catalog.format('extension %s of database %s: this server has none of that name', lacking, pg_catalog.current_database())",
  "lacking IS NOT NULL",
  `(SELECT pg_catalog.string_agg(wanted, ', ') AS lacking
      FROM pg_catalog.unnest(pg_catalog.string_to_array(:'extensions', ',')) AS wanted
     WHERE wanted <> '' AND NOT EXISTS (SELECT FROM pg_catalog.pg_available_extensions WHERE name = wanted)) AS extensions`,
)}
SELECT pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I CASCADE', name)
  FROM pg_catalog.unnest(pg_catalog.string_to_array(:'extensions', ',')) AS name WHERE name <> '' \gexec
BEGIN;
-- No operator of the database is nearer than Postgres' own from here on.
SET LOCAL search_path = pg_catalog;
ALTER SCHEMA public OWNER TO :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC, :"app";
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM :"app";
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public REVOKE ALL ON TABLES FROM :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public REVOKE ALL ON SEQUENCES FROM :"app";
\if :reads
GRANT USAGE ON SCHEMA public TO :"app";
GRANT :tables ON ALL TABLES IN SCHEMA public TO :"app";
GRANT :sequences ON ALL SEQUENCES IN SCHEMA public TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT :tables ON TABLES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT :sequences ON SEQUENCES TO :"app";
SELECT pg_catalog.format('REVOKE INSERT, UPDATE, DELETE ON %s FROM %I', pg_class.oid::pg_catalog.regclass, :'app')
  FROM pg_catalog.pg_depend JOIN pg_catalog.pg_class ON pg_class.oid = objid
 WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND deptype = 'e' AND relkind = 'r'
   AND relnamespace = 'public'::pg_catalog.regnamespace \gexec
\endif
COMMIT;
`;
