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


{#- For a pre-hook: stops the model unless the table is complete through the period that begins at this time, as its keys
    have it: '2013-02-08T17:00', or a date. A time with an offset is one in the zone of the keys, which is the table's own,
    else UTC. -#}
{% macro require_complete(relation, through) %}
  {%- if execute -%}
    {%- set parameters = partition_fan_in.parameters(relation) -%}
    {%- set reached = partition_fan_in.complete_through(relation, parameters) -%}
    {%- set wanted = partition_fan_in.local_time(through, parameters.get('fanin.timeZone', 'UTC')) -%}
    {%- if reached is none or reached < wanted -%}
      {%- set message -%}
        {{ relation }} is not complete through {{ through }}: it is {{ parameters['fanin.status'] }}, complete through
        {{- ' ' ~ (reached or 'no known period') }}, {{ parameters.get('fanin.failed', '0') }} outstanding
        {{- ': ' ~ parameters['fanin.failed.sample'] if 'fanin.failed.sample' in parameters }}
        {{- '. See ' ~ parameters['fanin.run'] ~ 'report.html' if 'fanin.run' in parameters }}
      {%- endset -%}
      {{ exceptions.raise_compiler_error(message) }}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}


{#- A time, without a zone; one with an offset is read as the local time of this zone: a region, UTC or an offset. -#}
{% macro local_time(text, zone) %}
  {%- set moment = modules.datetime.datetime.fromisoformat((text | string | trim).replace('Z', '+00:00')) -%}
  {%- if moment.tzinfo is none -%}
    {{ return(moment) }}
  {%- endif -%}
  {%- set offset = modules.re.fullmatch('([+-])([0-9]{2}):([0-9]{2})', zone) -%}
  {%- if offset -%}
    {%- set length = modules.datetime.timedelta(hours=offset[2] | int, minutes=offset[3] | int) -%}
    {%- set utc = moment.astimezone(modules.pytz.utc).replace(tzinfo=none) -%}
    {{ return(utc - length if offset[1] == '-' else utc + length) }}
  {%- endif -%}
  {{ return(moment.astimezone(modules.pytz.timezone(zone)).replace(tzinfo=none)) }}
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
