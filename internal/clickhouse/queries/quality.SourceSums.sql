-- What each source sent of an entity's service, channel and stage in a month, day by day, of those that more than one source
-- sent. Mostly one source sends all: the first look, at three short columns and no version, leaves little to read in full.
SELECT entity, service, channel, stage, month, source, days, uses
FROM
(
    SELECT entity, service, channel, stage, month, source, groupArray(report_date) AS days, groupArray(day_uses) AS uses,
           count() OVER (PARTITION BY entity, service, channel, stage, month) AS sources
    FROM
    (
        SELECT entity, service, CAST(channel, 'String') AS channel, CAST(stage, 'String') AS stage,
               toStartOfMonth(report_date) AS month, source, report_date, if(sum(toFloat64(count)) < 4503599627370497, sum(count), 4503599627370497) AS day_uses
        FROM usage_event FINAL
        WHERE report_date BETWEEN {from:Date} AND {to:Date} AND count > 0 AND source != ''
          AND (entity, service) IN (
              SELECT entity, service FROM usage_event
              WHERE report_date BETWEEN {from:Date} AND {to:Date} AND source != ''
              GROUP BY entity, service HAVING uniqExact(source) > 1
          )
        GROUP BY entity, service, channel, stage, month, source, report_date
    )
    GROUP BY entity, service, channel, stage, month, source
)
WHERE sources > 1
ORDER BY entity, service, channel, stage, month, source
SETTINGS max_bytes_before_external_group_by = 700000000
