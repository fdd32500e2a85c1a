{{ config(
    materialized='view',
    pre_hook="{{ partition_fan_in.require_complete(source('analytics', 'flights'), var('through')) }}"
) }}
select carrier, count(*) as flights
from {{ source('analytics', 'flights') }}
where dt = date '{{ (var('through') | string)[:10] }}'
group by carrier
