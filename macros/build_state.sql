{#
    What every model and seed in the warehouse was made of: one row per node in build.nodes. An update compares it with the
    project as it is now. Models that hold settings of the run are known by their file, the others by their compiled SQL.
#}
{% macro record_build(results) -%}
    {%- set built = [] -%}
    {%- for result in results if result.node.resource_type in ('model', 'seed') and result.status == 'success' -%}
        {%- set node = result.node -%}
        {%- if node.resource_type == 'seed' or node.name in ('int_as_of', 'int_months') -%}
            {%- do built.append("('" ~ node.name ~ "', '" ~ node.checksum.checksum ~ "')") -%}
        {%- else -%}
            {%- set code = node.compiled_code | replace('"' ~ target.database ~ '".', '') -%}
            {%- do built.append("('" ~ node.name ~ "', '" ~ local_md5(code) ~ "')") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if built and flags.WHICH in ('run', 'build', 'seed') -%}
        create schema if not exists build;
        create table if not exists build.nodes (name varchar primary key, fingerprint varchar);
        insert or replace into build.nodes values {{ built | join(', ') }};
    {%- endif -%}
{%- endmacro %}
