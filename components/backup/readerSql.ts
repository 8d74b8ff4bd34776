/** Makes the role that reads everything of one database, row security notwithstanding, and may change nothing. */
export const readerSql = String.raw`
\set ON_ERROR_STOP on
\getenv database DATABASE
\getenv reader READER
\getenv password READER_PASSWORD

SELECT pg_advisory_lock(7241);
SELECT format('CREATE DATABASE %I', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
SELECT format('CREATE ROLE %I', :'reader')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'reader') \gexec
ALTER ROLE :"reader" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS PASSWORD :'password';
ALTER ROLE :"reader" SET default_transaction_read_only = on;
REVOKE ALL ON DATABASE :"database", postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"reader";
GRANT pg_read_all_data TO :"reader";
`;
