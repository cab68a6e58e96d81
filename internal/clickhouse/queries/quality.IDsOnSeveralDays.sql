-- Event ids that are on more than one report date or of more than one service, counted by entity, services and days, most
-- first. The first look needs only half of each key and no version: grouping all of FINAL takes over 1.5 GiB for five
-- million ids. Only what it finds is then read as it is now: the latest version, unless that voids.
SELECT entity, services, days, count() AS keys
FROM
(
    SELECT entity, arraySort(groupUniqArray(toString(service))) AS services, arraySort(groupUniqArray(report_date)) AS days
    FROM
    (
        SELECT entity, event_key, report_date, service, argMax(count, version) AS newest
        FROM usage_event
        WHERE report_date BETWEEN {from:Date} AND {to:Date} AND reinterpretAsUInt64(event_key) IN
        (
            SELECT reinterpretAsUInt64(event_key) AS half
            FROM usage_event
            WHERE report_date BETWEEN {from:Date} AND {to:Date}
            GROUP BY half
            HAVING min(report_date) < max(report_date) OR min(service) < max(service)
        )
        GROUP BY entity, event_key, report_date, service
        HAVING newest > 0
    )
    GROUP BY entity, event_key
    HAVING count() > 1
)
GROUP BY entity, services, days
ORDER BY keys DESC, entity, services, days
LIMIT {limit:UInt32}
-- However many ids there are, the answer takes disk instead of the memory that others need.
SETTINGS max_bytes_before_external_group_by = 700000000
