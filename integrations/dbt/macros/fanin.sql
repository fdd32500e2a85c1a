{#- The query of a source's loaded_at_query: when the newest period begins before which nothing is outstanding, in UTC.
    zone: in which the table's keys are written; by default the table's own, else UTC. One GetTable; the query reads no
    data. -#}
{% macro loaded_at(relation, zone=none) %}
  {%- if execute -%}
    {%- set parameters = partition_fan_in.parameters(relation) -%}
    {%- set stated = parameters.get('fanin.timeZone') -%}
    {%- if stated and zone and stated != zone -%}
      {{ exceptions.raise_compiler_error('the keys of ' ~ relation ~ ' are in the time zone ' ~ stated ~ ', not in ' ~ zone) }}
    {%- endif -%}
    {%- set zone = stated or zone or 'UTC' -%}
    {%- set through = partition_fan_in.complete_through(relation, parameters) -%}
    {%- if through is none -%}
      {{ exceptions.raise_compiler_error(relation ~ ' has no fanin.complete_through: no period is known to be complete') }}
    {%- endif -%}
    {%- if not modules.re.fullmatch('[A-Za-z0-9_+/:-]+', zone) -%}
      {{ exceptions.raise_compiler_error("'" ~ zone ~ "' is no time zone") }}
    {%- endif -%}
    select cast(timestamp '{{ through }} {{ zone }}' at time zone 'UTC' as timestamp(3))
  {%- endif -%}
{% endmacro %}


{#- For a pre-hook: stops the model unless the table is complete through the newest period that is asked for: see
    newest_period. It stops the model, too, if the table is complete through a time within a period of the length that is
    stated: its periods are shorter; and with require_verified if any partition is unverified: no run has looked at it. -#}
{% macro require_complete(relation, through, period=none, require_verified=false) %}
  {%- if execute -%}
    {%- set parameters = partition_fan_in.parameters(relation) -%}
    {%- set reached = partition_fan_in.complete_through(relation, parameters) -%}
    {%- set zone = parameters.get('fanin.timeZone', 'UTC') -%}
    {%- if reached is not none and period and reached != partition_fan_in.start_of(reached, period) -%}
      {%- set message -%}
        {{ relation }} is complete through {{ reached }}, which is no beginning of the period '{{ period }}': state that of its
        {{- ' partitions in require_complete and newest_period' }}
      {%- endset -%}
      {{ exceptions.raise_compiler_error(message) }}
    {%- endif -%}
    {%- if reached is none or not partition_fan_in.is_reached(reached, through, period, zone) -%}
      {%- set message -%}
        {{ relation }} is not complete through {{ through }}: it is {{ parameters['fanin.status'] }}, complete through
        {{- ' ' ~ (reached or 'no known period') }}, {{ parameters.get('fanin.failed', '0') }} outstanding
        {{- ': ' ~ parameters['fanin.failed.sample'] if 'fanin.failed.sample' in parameters }}
        {{- '. See ' ~ parameters['fanin.run'] ~ 'report.html' if 'fanin.run' in parameters }}
      {%- endset -%}
      {{ exceptions.raise_compiler_error(message) }}
    {%- endif -%}
    {%- set unverified = parameters.get('fanin.unverified', '0') -%}
    {%- if require_verified and unverified != '0' -%}
      {{ exceptions.raise_compiler_error(relation ~ ' has unverified partitions: ' ~ unverified) }}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}


{#- The beginning of the newest period that require_complete asks for with the same arguments, as the keys have it, without
    a zone: a datetime, so that the model's query can leave out what is newer. One GetTable.
    through: '2013-02-08T17:00'; or a date, which is the last period of that day. A time with an offset is one in the zone
    of the keys, which is the table's own, else UTC.
    period: minute, hour, day, month or year, as the table's partitions; by default a time is the beginning of a period. A
    date needs it, since a day's first hour is not the day. While dbt parses, which knows no variables of a run, it is some
    time. -#}
{% macro newest_period(relation, through, period=none) %}
  {%- if not execute -%}
    {{ return(modules.datetime.datetime(2000, 1, 1)) }}
  {%- endif -%}
  {%- set parameters = partition_fan_in.parameters(relation) -%}
  {{ return(partition_fan_in.wanted(through, period, parameters.get('fanin.timeZone', 'UTC'))) }}
{% endmacro %}


{#- The same for keys in this zone. -#}
{% macro wanted(through, period, zone) %}
  {%- if through is none -%}
    {{ exceptions.raise_compiler_error("through is none: state the newest period that has to be complete, such as with --vars 'through: 2013-02-08T17:00'") }}
  {%- endif -%}
  {%- set moment = partition_fan_in.local_time(through, zone) -%}
  {%- if partition_fan_in.is_date(through) -%}
    {%- if not period -%}
      {{ exceptions.raise_compiler_error(
          through ~ " is a date: state the period of the table's partitions, such as 'day' or 'hour'") }}
    {%- endif -%}
    {{ return(partition_fan_in.start_of(moment.replace(hour=23, minute=59), period)) }}
  {%- endif -%}
  {{ return(partition_fan_in.start_of(moment, period) if period else moment) }}
{% endmacro %}


{#- The same as a moment in UTC, without a zone. Of an hour that clocks repeat, a time with an offset may be in the second. -#}
{% macro wanted_moment(through, period, zone) %}
  {%- set local = partition_fan_in.wanted(through, period, zone) -%}
  {%- set given = partition_fan_in.utc_time(through) -%}
  {%- if given is none -%}
    {{ return(partition_fan_in.moment(local, zone)) }}
  {%- endif -%}
  {%- if not period -%}
    {{ return(given) }}
  {%- endif -%}
  {#- Clocks seldom repeat the start of a day. -#}
  {%- set is_second = period in ('hour', 'minute')
      and given != partition_fan_in.moment(partition_fan_in.local_time(through, zone), zone) -%}
  {{ return(partition_fan_in.moment(local, zone, is_second)) }}
{% endmacro %}


{#- Whether a table that says this time is complete through what is asked for. Where clocks skip the time, the period that
    begins with the change may have failed beside it. -#}
{% macro is_reached(local, through, period, zone) %}
  {%- set moment = partition_fan_in.moment(local, zone) -%}
  {%- set wanted = partition_fan_in.wanted_moment(through, period, zone) -%}
  {%- if wanted == moment and partition_fan_in.clock(moment, zone) != local -%}
    {{ return(partition_fan_in.wanted(through, period, zone) <= local) }}
  {%- endif -%}
  {{ return(wanted <= moment) }}
{% endmacro %}


{#- Whether this is a day, as text or as YAML reads it, and no time. -#}
{% macro is_date(text) %}
  {{ return(not modules.re.search('[T ][0-9]', text | string | trim)) }}
{% endmacro %}


{#- The beginning of the period in which a time is. -#}
{% macro start_of(moment, period) %}
  {%- set first = {'year': {'month': 1, 'day': 1, 'hour': 0, 'minute': 0}, 'month': {'day': 1, 'hour': 0, 'minute': 0},
                   'day': {'hour': 0, 'minute': 0}, 'hour': {'minute': 0}, 'minute': {}} -%}
  {%- if period not in first -%}
    {{ exceptions.raise_compiler_error("'" ~ period ~ "' is no period, expected minute, hour, day, month or year") }}
  {%- endif -%}
  {{ return(moment.replace(second=0, microsecond=0, **first[period])) }}
{% endmacro %}


{#- A time, as it is written. -#}
{% macro time(text) %}
  {{ return(modules.datetime.datetime.fromisoformat((text | string | trim).replace('Z', '+00:00'))) }}
{% endmacro %}


{#- A time, without a zone; one with an offset is read as the local time of this zone: a region, UTC or an offset. -#}
{% macro local_time(text, zone) %}
  {%- set utc = partition_fan_in.utc_time(text) -%}
  {{ return(partition_fan_in.time(text) if utc is none else partition_fan_in.clock(utc, zone)) }}
{% endmacro %}


{#- A time with an offset in UTC, without a zone; none for a time without an offset. -#}
{% macro utc_time(text) %}
  {%- set moment = partition_fan_in.time(text) -%}
  {{ return(none if moment.tzinfo is none else moment.astimezone(modules.pytz.utc).replace(tzinfo=none)) }}
{% endmacro %}


{#- What clocks of a zone show at a moment in UTC; neither has a zone. -#}
{% macro clock(utc, zone) %}
  {%- set offset = modules.re.fullmatch('([+-])([0-9]{2}):([0-9]{2})', zone) -%}
  {%- if offset -%}
    {%- set length = modules.datetime.timedelta(hours=offset[2] | int, minutes=offset[3] | int) -%}
    {{ return(utc - length if offset[1] == '-' else utc + length) }}
  {%- endif -%}
  {{ return(modules.pytz.utc.localize(utc).astimezone(modules.pytz.timezone(zone)).replace(tzinfo=none)) }}
{% endmacro %}


{#- When clocks of a zone show a time, in UTC: first, or last where they repeat it; where they skip it, the moment at which they
    do. Neither has a zone. -#}
{% macro moment(local, zone, is_second=false) %}
  {%- set day = modules.datetime.timedelta(days=1) -%}
  {%- set before = partition_fan_in.clock(local - day, zone) - (local - day) -%}
  {%- set after = partition_fan_in.clock(local + day, zone) - (local + day) -%}
  {%- set shown = [] -%}
  {%- for utc in (local - [before, after] | max, local - [before, after] | min) -%}
    {%- if partition_fan_in.clock(utc, zone) == local -%}
      {%- do shown.append(utc) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- if shown -%}
    {{ return(shown[-1] if is_second else shown[0]) }}
  {%- endif -%}
  {#- The offset after the change places a skipped time before the change, and the offset before it behind. -#}
  {%- set between = namespace(early=local - after, late=local - before) -%}
  {#- So often that less than a microsecond is left of a day. -#}
  {%- for _ in range(40) -%}
    {%- set middle = between.early + (between.late - between.early) // 2 -%}
    {%- if partition_fan_in.clock(middle, zone) - middle == before -%}
      {%- set between.early = middle -%}
    {%- else -%}
      {%- set between.late = middle -%}
    {%- endif -%}
  {%- endfor -%}
  {{ return(between.late) }}
{% endmacro %}


{#- fanin.complete_through of a table, a time without a zone; none if the table has no such parameter. -#}
{% macro complete_through(relation, parameters=none) %}
  {%- set text = (parameters or partition_fan_in.parameters(relation)).get('fanin.complete_through') -%}
  {%- if text is none -%}
    {{ return(none) }}
  {%- endif -%}
  {%- if not modules.re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?', text) -%}
    {{ exceptions.raise_compiler_error('fanin.complete_through of ' ~ relation ~ " is '" ~ text ~ "', expected a local date and time") }}
  {%- endif -%}
  {{ return(modules.datetime.datetime.fromisoformat(text)) }}
{% endmacro %}


{#- The parameters of a table in Glue. -#}
{% macro parameters(relation) %}
  {%- set found = adapter.get_glue_table(relation) -%}
  {%- if not found -%}
    {{ exceptions.raise_compiler_error('there is no table ' ~ relation ~ ' in the catalog') }}
  {%- endif -%}
  {%- set parameters = found['Table'].get('Parameters') or {} -%}
  {%- if 'fanin.status' not in parameters -%}
    {{ exceptions.raise_compiler_error(relation ~ ' has no parameter fanin.status: no run of partition-fan-in has registered its partitions') }}
  {%- endif -%}
  {{ return(parameters) }}
{% endmacro %}
