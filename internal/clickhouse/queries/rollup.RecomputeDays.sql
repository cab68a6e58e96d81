-- All dirty slices of a month from the deduplicated raw rows (docs/design.md#sums-are-recomputed-never-incremented). A
-- key that was in the rollup and is gone gets events = 0, for a row that is only left out would go on counting. A
-- voided identity stays one of the events, and is counted apart: it is no event of a figure. A sum beyond 2^52 is written
-- as 2^52 + 1, which readers refuse (docs/rules.md#largest-numbers); it never wraps.
INSERT INTO usage_day
    (entity, service, report_date, channel, stage, known_on, version, events, voided, uses, duration_sum, rating_count, rating_sum)
SELECT entity, service, report_date, channel, stage, {known_on:Date}, {version:UInt64},
       sum(events), sum(voided), sum(uses), sum(durations), sum(ratings), sum(stars)
FROM
(
    SELECT entity, service, report_date, channel, stage,
           count() AS events, countIf(count = 0) AS voided,
           if(sum(toFloat64(count)) < 4503599627370497, sum(count), 4503599627370497) AS uses,
           if(sumIf(toFloat64(duration_ms), count > 0) < 4503599627370497, sumIf(duration_ms, count > 0), 4503599627370497) AS durations,
           countIf(rating > 0 AND count > 0) AS ratings, sumIf(rating, count > 0) AS stars
    FROM usage_event FINAL
    WHERE report_date BETWEEN {from:Date} AND {to:Date} AND (entity, report_date) IN slice
    GROUP BY entity, service, report_date, channel, stage
    UNION ALL
    SELECT DISTINCT entity, service, report_date, channel, stage, 0, 0, 0, 0, 0, 0
    FROM usage_day
    WHERE report_date BETWEEN {from:Date} AND {to:Date} AND (entity, report_date) IN slice
)
GROUP BY entity, service, report_date, channel, stage
