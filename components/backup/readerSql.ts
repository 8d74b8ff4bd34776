import { closedSql } from "../access/closedSql.ts";
/**
 * Makes the role that reads everything of one database, row security notwithstanding, and may change nothing. Who is no
 * superuser may let nobody by row security: where a table has it, the dump then says so and fails.
 */
export const readerSql = String.raw`
\set ON_ERROR_STOP on
\getenv database DATABASE
\getenv reader READER
\getenv claim CLAIM
\getenv password READER_PASSWORD

SELECT pg_advisory_lock(7241);
SELECT format('CREATE DATABASE %I', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
SELECT format('CREATE ROLE %I', :'reader')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'reader') \gexec
SELECT format('ALTER ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE', rolname) FROM pg_roles
 WHERE rolname = :'reader' AND (rolsuper OR rolcreatedb OR rolcreaterole) \gexec
ALTER ROLE :"reader" LOGIN PASSWORD :'password';
SELECT format('ALTER ROLE %I BYPASSRLS', :'reader') FROM pg_roles
 WHERE rolname = current_user AND (rolsuper OR rolbypassrls AND current_setting('server_version_num')::int >= 160000) \gexec
ALTER ROLE :"reader" SET default_transaction_read_only = on;
${closedSql}
GRANT CONNECT ON DATABASE :"database" TO :"reader";
GRANT pg_read_all_data TO :"reader";
`;
