{#
    What the warehouse was made of, in build.nodes: one row per model and seed, only while all of them are of one build. An
    update compares it with the project as it is now. Models tagged comparison do not count: they are made anew every time.
#}

{# Node ids of the models and seeds that count, among those given or in the whole project. #}
{% macro recorded_nodes(among=none) -%}
    {%- set found = [] -%}
    {%- for node in (graph.nodes.values() if execute else []) if node.resource_type in ('model', 'seed') and 'comparison' not in node.tags -%}
        {%- if among is none or node.unique_id in among -%}{%- do found.append(node.unique_id) -%}{%- endif -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}

{# Statement for the start of a run: one that makes any of them leaves no record until all are made. #}
{% macro forget_build() -%}
    {%- if execute and flags.WHICH in ('run', 'build', 'seed') and recorded_nodes(selected_resources) -%}
        drop table if exists "{{ target.database }}".build.nodes
    {%- endif -%}
{%- endmacro %}

{#
    Statements for the end of a run, empty unless it made all of them. Models that hold settings of the run are known by their
    file, the others by their compiled SQL.
#}
{% macro record_build(results) -%}
    {%- set recorded, built = recorded_nodes(), [] -%}
    {%- for result in results if result.node.unique_id in recorded and result.status == 'success' -%}
        {%- set node = result.node -%}
        {%- if node.resource_type == 'seed' or node.name in ('int_as_of', 'int_months') -%}
            {%- do built.append("('" ~ node.name ~ "', '" ~ node.checksum.checksum ~ "')") -%}
        {%- else -%}
            {%- set code = node.compiled_code | replace('"' ~ target.database ~ '".', '') -%}
            {%- do built.append("('" ~ node.name ~ "', '" ~ local_md5(code) ~ "')") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if execute and flags.WHICH in ('run', 'build') and built | length == recorded | length -%}
        create schema if not exists "{{ target.database }}".build;
        create or replace table "{{ target.database }}".build.nodes (name varchar primary key, fingerprint varchar);
        insert into "{{ target.database }}".build.nodes values ('DuckDB', version()), {{ built | join(', ') }};
    {%- endif -%}
{%- endmacro %}
