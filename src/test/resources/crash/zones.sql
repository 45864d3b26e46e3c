-- Every ten minutes of nights in which Berlin's or New York's clocks change, and the ends of time; once as local times of
-- Berlin, once as instants.
CREATE TABLE legacy_users (
    id text COLLATE "C" PRIMARY KEY,
    full_name text,
    created_date timestamp,
    modified_date timestamptz
);
INSERT INTO legacy_users
SELECT label, label, moment, moment AT TIME ZONE 'UTC'
FROM (SELECT moment::text, moment
      FROM (VALUES (timestamp '2024-03-31'), ('2024-10-27'), ('2024-03-10'), ('2024-11-03'), ('1980-04-06')) night (start),
           generate_series(start, start + interval '5 hours', interval '10 minutes') moment
      UNION ALL
      SELECT 'edge ' || moment, moment
      FROM (VALUES (timestamp '0001-01-01'), ('0001-12-31 23:59:59.999999'), ('1582-10-10 12:00'), ('1893-04-01 00:03'),
                   ('9999-12-31 23:59:59.999999'), ('2024-03-31 02:59:59.999999'), ('2024-10-27 02:59:59.999999'),
                   ('1945-05-24 02:30'), ('infinity'), ('-infinity')) edge (moment)) dates (label, moment);

-- PostgreSQL takes the second of two equal local times, the transform the first; a time that was skipped comes back from
-- its instant as another one.
CREATE VIEW expected AS
SELECT id,
       CASE WHEN NOT isfinite(created_date) THEN 'date_infinite'
            WHEN second_of_two AT TIME ZONE 'Europe/Berlin' <> created_date THEN 'date_nonexistent' END AS code,
       (CASE WHEN (second_of_two - interval '1 hour') AT TIME ZONE 'Europe/Berlin' = created_date
             THEN second_of_two - interval '1 hour' ELSE second_of_two END) AT TIME ZONE 'UTC' AS created_at,
       modified_date AT TIME ZONE 'UTC' AS updated_at
FROM legacy_users, LATERAL (SELECT created_date AT TIME ZONE 'Europe/Berlin' AS second_of_two) s;
