{#
    The previous publication, to compare with: the published file, or the one that is named, attached as the database
    `previous` while dbt runs. Without it every reading of it has no rows.
#}

{# Statement for the start of a run, empty when there is nothing to compare with. #}
{% macro attach_previous() -%}
    {%- if execute and flags.WHICH in ('run', 'build') -%}
        {%- set file = previous_file() -%}
        {%- if file and run_query("select 1 from glob('" ~ file | replace("'", "''") ~ "')").rows | length -%}
            attach if not exists '{{ file | replace("'", "''") }}' as previous (read_only)
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Path of the publication to compare with; empty for none. #}
{% macro previous_file() -%}
    {%- set given = setting('compare_with', 'FOKUSMAAL_COMPARE_WITH') -%}
    {{- return('' if given == 'none' else given or (env_var('FOKUSMAAL_PUBLISHED', '') or 'published') ~ '/fokusmaal.duckdb') -}}
{%- endmacro %}

{# Whether the previous publication has a mart. #}
{% macro has_previous(mart) -%}
    {%- set found -%}
        select 1 from duckdb_tables() where database_name = 'previous' and schema_name = 'marts' and table_name = '{{ mart }}'
    {%- endset -%}
    {{- return(execute and run_query(found).rows | length > 0) -}}
{%- endmacro %}

{# A mart as previously published, or no rows of it as it is now. #}
{% macro previous(mart) -%}
    {%- if has_previous(mart) -%}
        previous.marts.{{ mart }}
    {%- else -%}
        (select * from {{ ref(mart) }} where false)
    {%- endif -%}
{%- endmacro %}
