{{ config(
    materialized='view',
    pre_hook="{{ partition_fan_in.require_complete(source('analytics', 'flights'), var('through'), 'hour') }}"
) }}
{% set newest = partition_fan_in.newest_period(source('analytics', 'flights'), var('through'), 'hour') %}
select carrier, count(*) as flights
from {{ source('analytics', 'flights') }}
where dt = date '{{ newest.date() }}' and hour <= {{ newest.hour }}
group by carrier
