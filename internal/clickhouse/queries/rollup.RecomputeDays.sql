-- All dirty slices of a month from the deduplicated raw rows (docs/design.md#sums-are-recomputed-never-incremented). A
-- key that was in the rollup and is gone gets events = 0, for a row that is only left out would go on counting. A
-- voided identity is no event.
INSERT INTO usage_day
    (entity, service, report_date, channel, stage, known_on, version, events, uses, duration_sum, rating_count, rating_sum)
SELECT entity, service, report_date, channel, stage, {known_on:Date}, {version:UInt64},
       sum(events), sum(uses), sum(durations), sum(ratings), sum(stars)
FROM
(
    SELECT entity, service, report_date, channel, stage,
           count() AS events, sum(count) AS uses, sum(duration_ms) AS durations,
           countIf(rating > 0) AS ratings, sum(rating) AS stars
    FROM usage_event FINAL
    WHERE count > 0 AND report_date BETWEEN {from:Date} AND {to:Date} AND (entity, report_date) IN slice
    GROUP BY entity, service, report_date, channel, stage
    UNION ALL
    SELECT DISTINCT entity, service, report_date, channel, stage, 0, 0, 0, 0, 0
    FROM usage_day
    WHERE report_date BETWEEN {from:Date} AND {to:Date} AND (entity, report_date) IN slice
)
GROUP BY entity, service, report_date, channel, stage
