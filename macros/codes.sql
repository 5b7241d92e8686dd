{#
    Codes that stand in tables of millions of rows are enumerations inside: a byte or two each, instead of text that has to
    be compressed again in every table. The types are made with the seeds that list their codes. Published columns are text.
#}

{# Seed hook: the type of the codes in a column of the seed, in the order given, and of totals after them. #}
{% macro create_code_type(name, column, sort_order, totals=[]) -%}
    create or replace type rules.{{ name }} as enum (
        select code
        from (
            select cast({{ column }} as varchar) as code, min({{ sort_order }}) as position from {{ this }} group by {{ column }}
            {%- for total in totals %}
            union all
            select '{{ total }}', null
            {%- endfor %}
        )
        order by position nulls last
    )
{%- endmacro %}

{# SQL: any three digits are a municipality code (M-04), not only those of the 98. #}
{% macro any_municipality() -%}
    select format('{:03d}', number) as code from range(1000) as numbers (number)
{%- endmacro %}

{# Seed hook: the type of municipality codes. #}
{% macro create_municipality_type() -%}
    create or replace type rules.municipality_code as enum ({{ any_municipality() }})
{%- endmacro %}

{# Seed hook: the type of area codes. #}
{% macro create_area_type() -%}
    create or replace type rules.area_code as enum (
        {{ any_municipality() }}
        union all
        select distinct region_code from {{ this }}
        union all
        select 'DK'
    )
{%- endmacro %}

{# An expression as a code of a type. The model depends on the seed that makes the type; a unit test only has its inputs. #}
{% macro code(name, expression) -%}
    {%- set makers = {
        'area_code': 'municipalities',
        'benefit': 'benefits',
        'cell_group': 'benefits',
        'clock_unit': 'duration_intervals',
        'contact_form': 'contact_form_permissions',
        'duration_cell': 'duration_intervals',
        'duration_interval': 'duration_intervals',
        'held_by': 'conversation_types',
        'insurance_form': 'duration_intervals',
        'municipality_code': 'municipalities',
        'target_group': 'kl_target_groups',
    } -%}
    {%- if model.resource_type != 'unit_test' %}{% do ref(makers[name]) %}{% endif -%}
    cast({{ expression }} as rules.{{ name }})
{%- endmacro %}
