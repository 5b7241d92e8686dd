{#
    The counts of a monthly cell, each a sum over rows of int_cell_rows. Kept in one place because cells are counted twice:
    over all rows, and over the rows of persons with several benefits in a month.
#}
{% macro cell_count_names() -%}
    {{- return([
        'persons_0', 'persons_1', 'persons_2', 'persons_3', 'persons_4', 'persons_5_plus',
        'persons_measured_conversations', 'persons_under_required', 'persons_exempt_conversations',
        'persons_measured_offers', 'persons_with_offer', 'persons_hours_only', 'persons_without', 'persons_exempt_offers',
    ]) -}}
{%- endmacro %}

{# The counts of a relation, one by one. #}
{% macro cell_counts_of(relation) %}
        {%- for name in cell_count_names() %}
        {{ relation }}.{{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
{%- endmacro %}

{# The condition on a row of int_cell_rows under which each count takes it. #}
{% macro cell_count_conditions() -%}
    {%- set conditions = {
        'persons_5_plus': 'not is_exempt_conversations and conversations >= 5',
        'persons_measured_conversations': 'not is_exempt_conversations',
        'persons_under_required': 'not is_exempt_conversations and conversations < required_conversations',
        'persons_exempt_conversations': 'is_exempt_conversations',
        'persons_measured_offers': 'not is_exempt_offers',
        'persons_with_offer': 'not is_exempt_offers and has_offer',
        'persons_hours_only': 'not is_exempt_offers and not has_offer and has_ordinary_hours',
        'persons_without': 'not is_exempt_offers and not has_offer and not has_ordinary_hours',
        'persons_exempt_offers': 'is_exempt_offers',
    } -%}
    {%- for bucket in range(5) -%}
        {%- do conditions.update({'persons_' ~ bucket: 'not is_exempt_conversations and conversations = ' ~ bucket}) -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{%- endmacro %}

{# Aggregates of the counts over person-months. #}
{% macro count_cell_rows() %}
        {%- for name in cell_count_names() %}
        cast(count(*) filter (where {{ cell_count_conditions()[name] }}) as integer) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
{%- endmacro %}

{# Sums of the counts, with a sign. #}
{% macro sum_cell_counts(sign='') %}
        {%- for name in cell_count_names() %}
        cast({{ sign }}sum({{ name }}) as integer) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
{%- endmacro %}

{# G-01: the simple average of twelve monthly shares, to 10 decimals; null unless every month has one. #}
{% macro full_average(share) -%}
    case when count({{ share }}) = {{ legal_parameter('focus_goal_months') }} then round(avg({{ share }}), 10) end
{%- endmacro %}
