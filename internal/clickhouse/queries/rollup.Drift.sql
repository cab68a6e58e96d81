-- Slices of a period whose rollup is not what their raw events say; those that wait to be recomputed may differ.
SELECT entity, report_date, sum(raw_events) AS identities, sum(raw_uses) AS counts, sum(events) AS rolled, sum(uses) AS rolled_uses
FROM
(
    SELECT entity, report_date, count() AS raw_events, if(sum(toFloat64(count)) < 4503599627370497, sum(count), 4503599627370497) AS raw_uses, 0 AS events, 0 AS uses
    FROM usage_event FINAL
    WHERE report_date BETWEEN {from:Date} AND {to:Date}
    GROUP BY entity, report_date
    UNION ALL
    SELECT entity, report_date, 0, 0, sum(newest.1), if(sum(toFloat64(newest.2)) < 4503599627370497, sum(newest.2), 4503599627370497)
    FROM
    (
        SELECT entity, report_date, argMax((events, uses), (known_on, version)) AS newest
        FROM usage_day
        WHERE report_date BETWEEN {from:Date} AND {to:Date}
        GROUP BY entity, service, report_date, channel, stage
    )
    GROUP BY entity, report_date
)
WHERE (entity, report_date) NOT IN
(
    SELECT entity, report_date FROM dirty_slice
    WHERE report_date BETWEEN {from:Date} AND {to:Date}
    GROUP BY report_date, entity, chunk
    HAVING sum(open) > 0
)
GROUP BY entity, report_date
HAVING identities != rolled OR counts != rolled_uses
ORDER BY report_date, entity
