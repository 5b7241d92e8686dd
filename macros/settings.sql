{# Run-time settings: the dbt var wins, then the environment, then nothing. #}
{% macro setting(var_name, env_name) -%}
    {{- return(var(var_name, '') or env_var(env_name, '')) -}}
{%- endmacro %}

{# A date setting as a SQL literal, or null when it is not given. Anything but an ISO date stops the compilation. #}
{% macro date_setting(var_name, env_name) -%}
    {%- set given = setting(var_name, env_name) | string -%}
    {%- if not given -%}
        {{- return('cast(null as date)') -}}
    {%- endif -%}
    {%- if not modules.re.fullmatch('\\d{4}-\\d{2}-\\d{2}', given) -%}
        {{- exceptions.raise_compiler_error(var_name ~ ' (' ~ env_name ~ ') must be an ISO date such as 2024-12-31, not "' ~ given ~ '"') -}}
    {%- endif -%}
    {{- return("date '" ~ given ~ "'") -}}
{%- endmacro %}

{# A first-of-month setting as a SQL literal, or null when it is not given. #}
{% macro month_setting(var_name, env_name) -%}
    {%- set given = setting(var_name, env_name) | string -%}
    {%- if given and not given.endswith('-01') -%}
        {{- exceptions.raise_compiler_error(var_name ~ ' (' ~ env_name ~ ') must be the first day of a month, not "' ~ given ~ '"') -}}
    {%- endif -%}
    {{- return(date_setting(var_name, env_name)) -}}
{%- endmacro %}

{# Statement for the start of a run: as many DuckDB threads as FOKUSMAAL_THREADS says; empty for one per core. #}
{% macro use_threads() -%}
    {%- set threads = env_var('FOKUSMAAL_THREADS', '') -%}
    {%- if execute and threads -%}set global threads = {{ threads }}{%- endif -%}
{%- endmacro %}

{# One undated legal number from its seed. #}
{% macro legal_parameter(name) -%}
    (select legal_parameters.value from {{ rules('legal_parameters') }} as legal_parameters where legal_parameters.parameter = '{{ name }}')
{%- endmacro %}

{# One legal date from its seed. #}
{% macro legal_date(name) -%}
    (select legal_dates.date_value from {{ rules('legal_dates') }} as legal_dates where legal_dates.legal_date = '{{ name }}')
{%- endmacro %}

{# Schemas are named as written: marts, not main_marts. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}

{# The Danish calendar day on which the run started; only a cap on the default as-of date. #}
{% macro today() -%}
    date '{{ run_started_at.astimezone(modules.pytz.timezone("Europe/Copenhagen")).strftime("%Y-%m-%d") }}'
{%- endmacro %}
