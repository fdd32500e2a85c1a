-- How late each carrier left in one hour; "source" is that hour's flights.
SELECT
    carrier,
    count(*) AS flights,
    count(dep_time) AS departed,
    avg(dep_delay) AS mean_delay,
    max(dep_delay) AS longest_delay
FROM source
GROUP BY carrier
ORDER BY carrier;
