-- How many facts and events there are that figures rest on, the newest rollup, and when the newest of both was
-- recorded. In the place of the tables comes version.Table of each one that drives figures. People, sessions and tokens
-- are no part of it: nobody's sign-in makes figures new.
SELECT sum(facts), max(rollup), max(newest)
FROM
(
    {tables}
    UNION ALL
    SELECT 0, max(version), max(recorded_at) FROM rollup_run
)
