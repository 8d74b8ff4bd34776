/**
 * Ends what an app logs in as no more: roles that its links and rotations before had, by the comment on them. A login that
 * can still be used is left alone for as long as a pod that knows it may take to end. Roles and grants are then
 * taken away by the plan that this prints, since each database has grants of its own; a role that owns something stays,
 * without a login. As in {@link accessSql}, nothing of an app's own database is called.
 */
export const retireSql = String.raw`
\set ON_ERROR_STOP on
\getenv own OWN
\getenv logins LOGINS
\getenv roles ROLES
\getenv grace GRACE

CREATE TEMPORARY VIEW own AS
SELECT oid, rolname, rolcanlogin FROM pg_roles WHERE shobj_description(oid, 'pg_authid') = :'own';
CREATE TEMPORARY VIEW ended AS
SELECT * FROM own WHERE rolname <> ALL (string_to_array(:'logins', ','));
SELECT pg_sleep(:'grace') WHERE EXISTS (SELECT FROM ended WHERE rolcanlogin) \g /dev/null
SELECT pg_advisory_lock(7241) \g /dev/null
SELECT format('ALTER ROLE %I NOLOGIN PASSWORD NULL', rolname) FROM ended WHERE rolcanlogin \gexec
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity JOIN ended ON usesysid = ended.oid \g /dev/null

CREATE TEMPORARY VIEW gone AS
SELECT oid, rolname FROM ended
 WHERE rolname <> ALL (string_to_array(:'roles', ','))
   AND NOT EXISTS (SELECT FROM pg_shdepend
                    WHERE refclassid = 'pg_authid'::regclass AND refobjid = ended.oid AND deptype = 'o');
WITH roles AS (SELECT string_agg(quote_ident(rolname), ', ') AS names FROM gone),
     places (place, place_order) AS (
       SELECT current_database()::text, 0
       UNION SELECT datname, 1
         FROM pg_shdepend JOIN gone ON refclassid = 'pg_authid'::regclass AND refobjid = gone.oid
         JOIN pg_database ON pg_database.oid = dbid
        WHERE datname <> current_database()),
     steps (place, place_order, step) AS (
       SELECT place, place_order, 'DROP OWNED BY ' || names FROM places, roles
       UNION ALL SELECT current_database(), 2, 'DROP ROLE ' || names FROM roles)
SELECT format(E'\\connect %I\nSELECT pg_catalog.pg_advisory_lock(7241) \\g /dev/null\n%s;', place, step)
  FROM steps WHERE step IS NOT NULL ORDER BY place_order, place;
`;
