{#
    Codes that stand in tables of millions of rows are enumerations inside: a byte or two each, instead of text that has to
    be compressed again in every table. The types are made with the seeds that list their codes. Published columns are text.
#}

{# Seed hook: the type of the codes in a column of the seed, in the order given. #}
{% macro create_code_type(name, column, sort_order) -%}
    create or replace type rules.{{ name }} as enum (
        select cast({{ column }} as varchar) from {{ this }} group by {{ column }} order by min({{ sort_order }})
    )
{%- endmacro %}

{# Seed hook: any three digits are a municipality code (M-04), not only those of the 98. #}
{% macro create_municipality_type() -%}
    create or replace type rules.municipality_code as enum (
        select format('{:03d}', number) from range(1000) as numbers (number)
    )
{%- endmacro %}

{# An expression as a code of a type. The model depends on the seed that makes the type; a unit test only has its inputs. #}
{% macro code(name, expression) -%}
    {%- set makers = {
        'benefit': 'benefits',
        'clock_unit': 'duration_intervals',
        'duration_interval': 'duration_intervals',
        'insurance_form': 'duration_intervals',
        'municipality_code': 'municipalities',
        'target_group': 'kl_target_groups',
    } -%}
    {%- if model.resource_type != 'unit_test' %}{% do ref(makers[name]) %}{% endif -%}
    cast({{ expression }} as rules.{{ name }})
{%- endmacro %}
