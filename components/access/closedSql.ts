/**
 * Nobody enters a database who is not let in; on a server of our own, neither those that every server has. Only the servers of a
 * CloudNativePG cluster meet in `postgres`: there one that was the primary finds the one that is, before it follows.
 */
export const closedSql = String.raw`SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', datname) FROM pg_database
 WHERE (datname = :'database' OR :'claim' = '' AND datname IN ('postgres', 'template1'))
   AND pg_has_role(datdba, 'USAGE') \gexec
SELECT format('GRANT CONNECT ON DATABASE postgres TO %I', rolname) FROM pg_roles
 WHERE rolname = 'streaming_replica' AND rolreplication AND :'claim' = '' \gexec`;
