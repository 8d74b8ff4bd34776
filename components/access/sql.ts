/**
 * Makes one link's roles in one database, and their grants. It may run again at any time: it makes what is missing and
 * takes away what is no longer given. An advisory lock keeps two runs apart, since concurrent grants fail. It leaves
 * every other role alone, and so the login of the rotation before: pods that still run may know no other one.
 *
 * The tables belong to the database's owner, a role nobody logs in as. Migrations act as that owner; the app may read
 * and write rows, and make nothing. What it logs in as of a later rotation acts as the app's role, which holds all
 * grants. A comment on each role says whose it is, for {@link retireSql} to know.
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
\getenv own OWN
\getenv extensions EXTENSIONS

SELECT pg_advisory_lock(7241);
SELECT format('CREATE DATABASE %I', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
SELECT format('CREATE ROLE %I', role) FROM (SELECT DISTINCT unnest(ARRAY[:'owner', :'app', :'login', :'migrator'])) AS roles (role)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec
ALTER ROLE :"owner" NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
ALTER ROLE :"app" NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
ALTER ROLE :"login" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'login_password';
ALTER ROLE :"migrator" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'migrator_password';
GRANT :"owner" TO :"migrator";
ALTER ROLE :"migrator" IN DATABASE :"database" SET role = :'owner';
SELECT format('GRANT %1$I TO %2$I; ALTER ROLE %2$I IN DATABASE %3$I SET role = %1$L', :'app', :'login', :'database')
 WHERE :'app' <> :'login' \gexec
SELECT format('COMMENT ON ROLE %I IS %L', role, :'own') FROM unnest(ARRAY[:'app', :'login', :'migrator']) AS role \gexec
REVOKE ALL ON DATABASE :"database", postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"app", :"migrator";

\connect :"database"
SELECT pg_catalog.pg_advisory_lock(7241);
SELECT pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I', name)
  FROM pg_catalog.unnest(pg_catalog.string_to_array(:'extensions', ',')) AS name WHERE name <> '' \gexec
BEGIN;
ALTER SCHEMA public OWNER TO :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC, :"app";
GRANT USAGE ON SCHEMA public TO :"app";
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM :"app";
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public REVOKE ALL ON TABLES FROM :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public REVOKE ALL ON SEQUENCES FROM :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"app";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"app";
COMMIT;
`;
