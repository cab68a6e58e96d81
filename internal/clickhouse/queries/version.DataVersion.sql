-- How many facts there are that figures rest on, the newest rollup, and when the newest of both was recorded.
-- People, sessions and tokens are no part of it: nobody's sign-in makes figures new.
SELECT sum(facts), max(rollup), max(newest)
FROM
(
    SELECT count() AS facts, toUInt64(0) AS rollup, max(recorded_at) AS newest FROM entity_fact
    UNION ALL
    SELECT count() AS facts, toUInt64(0) AS rollup, max(recorded_at) AS newest FROM service_fact
    UNION ALL
    SELECT count() AS facts, toUInt64(0) AS rollup, max(recorded_at) AS newest FROM assessment_fact
    UNION ALL
    SELECT count() AS facts, toUInt64(0) AS rollup, max(recorded_at) AS newest FROM plan_fact
    UNION ALL
    SELECT count() AS facts, toUInt64(0) AS rollup, max(recorded_at) AS newest FROM campaign_fact
    UNION ALL
    SELECT count() AS facts, toUInt64(0) AS rollup, max(recorded_at) AS newest FROM programme_fact
    UNION ALL
    SELECT count() AS facts, toUInt64(0) AS rollup, max(recorded_at) AS newest FROM rollout_event
    UNION ALL
    SELECT count() AS facts, toUInt64(0) AS rollup, max(recorded_at) AS newest FROM milestone_event
    UNION ALL
    SELECT count() AS facts, toUInt64(0) AS rollup, max(recorded_at) AS newest FROM statement
    UNION ALL
    SELECT 0, max(version), max(recorded_at) FROM rollup_run
)
