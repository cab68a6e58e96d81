-- The two equalities of the store, and how much it holds. Voided identities count as identities and as events.
SELECT identities, counts, events, uses, statements, numbers, rollouts, milestones, refusals, receipts, dirty
FROM (SELECT count() AS identities, if(sum(toFloat64(count)) < 4503599627370497, sum(count), 4503599627370497) AS counts FROM usage_event FINAL) AS raw
CROSS JOIN
(
    SELECT sum(newest.1) AS events, if(sum(toFloat64(newest.2)) < 4503599627370497, sum(newest.2), 4503599627370497) AS uses
    FROM
    (
        SELECT argMax((events, uses), (known_on, version)) AS newest
        FROM usage_day
        GROUP BY entity, service, report_date, channel, stage
    )
) AS rollup
CROSS JOIN
(
    SELECT count() AS statements, uniqExact(entity, service, period, channel, measure) AS numbers FROM statement
) AS stated
CROSS JOIN (SELECT uniqExact(id) AS rollouts FROM rollout_event) AS rolled
CROSS JOIN (SELECT uniqExact(id) AS milestones FROM milestone_event) AS reached
CROSS JOIN (SELECT count() AS refusals FROM quarantine) AS refused
CROSS JOIN (SELECT count() AS receipts FROM receipt) AS answered
CROSS JOIN
(
    SELECT uniqExact(report_date, entity) AS dirty
    FROM (SELECT report_date, entity FROM dirty_slice GROUP BY report_date, entity, chunk HAVING sum(open) > 0)
) AS marked
