{# The rows of an internal table with person_id beside the internal key, so that a filter on a person reaches the table. #}
{% macro with_person_id(relation) -%}
    (
        select named_persons.person_id, keyed.*
        from {{ relation }} as keyed
        inner join {{ ref('int_persons') }} as named_persons on keyed.person_key = named_persons.person_key
    )
{%- endmacro %}

{# The columns every explanation begins with: the person-month it tells of, and the spell. #}
{% macro month_columns(alias) -%}
    {{ alias }}.person_id, {{ alias }}.measure_month, {{ alias }}.benefit_group, {{ alias }}.spell_id
{%- endmacro %}

{# Join condition: both rows tell of the same person, month and benefit group. #}
{% macro same_month(one, other) -%}
    {{ one }}.person_id = {{ other }}.person_id
    and {{ one }}.measure_month = {{ other }}.measure_month
    and {{ one }}.benefit_group = {{ other }}.benefit_group
{%- endmacro %}

{# Hundredths of an hour that a spread row gives between two days, both included, that have a day in common with it. #}
{% macro row_hundredths_between(spread_row, first_day, last_day, days_through) -%}
    coalesce(
        {{ spread_row }}.spread_hundredths
        * ({{ context[days_through]('least(' ~ spread_row ~ '.end_date, ' ~ last_day ~ ')') }} - {{ spread_row }}.spread_base)
        // {{ spread_row }}.spread_days
        - {{ spread_row }}.spread_hundredths
        * ({{ context[days_through]('greatest(' ~ spread_row ~ '.start_date, ' ~ first_day ~ ') - 1') }} - {{ spread_row }}.spread_base)
        // {{ spread_row }}.spread_days,
        {{ spread_row }}.spread_hundredths
    )
{%- endmacro %}

{# Hundredths as hours with two decimals. #}
{% macro as_hours(hundredths) -%}
    cast(({{ hundredths }}) * 0.01 as decimal(12, 2))
{%- endmacro %}

{# Clock units as an amount: days, or hours with two decimals. #}
{% macro as_amount(units, clock_unit) -%}
    cast(({{ units }}) * case {{ clock_unit }} when 'hours' then 0.01 else 1 end as decimal(12, 2))
{%- endmacro %}

{#
    Words that differ between the two languages of a sentence are a pair {'da': …, 'en': …}; the macros below make pairs.
#}

{# The columns name_da and name_en of a table. #}
{% macro named(alias) -%}
    {{- return({'da': alias ~ '.name_da', 'en': alias ~ '.name_en'}) -}}
{%- endmacro %}

{# A number of things, the nouns given as pairs for one and for several. #}
{% macro count_text(number, one, several) -%}
    {%- set texts = {} -%}
    {%- for language in ['da', 'en'] -%}
        {%- do texts.update({
            language: "concat(" ~ number ~ ", case when (" ~ number ~ ") = 1 then ' " ~ one[language]
            ~ "' else ' " ~ several[language] ~ "' end)"
        }) -%}
    {%- endfor -%}
    {{- return(texts) -}}
{%- endmacro %}

{# A number of days. #}
{% macro days_text(days) -%}
    {{- return(count_text(days, {'da': 'dag', 'en': 'day'}, {'da': 'dage', 'en': 'days'})) -}}
{%- endmacro %}

{# A decimal number. #}
{% macro number_text(number) -%}
    {{- return({'da': "replace(cast(" ~ number ~ " as varchar), '.', ',')", 'en': "cast(" ~ number ~ " as varchar)"}) -}}
{%- endmacro %}

{# Hundredths of an hour. #}
{% macro hours_text(hundredths) -%}
    {%- set number = number_text(as_hours(hundredths)) -%}
    {{- return({'da': number.da ~ " || ' timer'", 'en': number.en ~ " || ' hours'"}) -}}
{%- endmacro %}

{# Units of a spell clock. #}
{% macro units_text(units, clock_unit) -%}
    {%- set hours, days = hours_text(units), days_text(units) -%}
    {{- return({
        'da': "case " ~ clock_unit ~ " when 'hours' then " ~ hours.da ~ " else " ~ days.da ~ " end",
        'en': "case " ~ clock_unit ~ " when 'hours' then " ~ hours.en ~ " else " ~ days.en ~ " end",
    }) -}}
{%- endmacro %}

{#
    The columns every explanation ends with, from a row of explanation_sentences aliased sentences. arguments fill the
    sentence's {0}, {1}, …: an expression, or a pair of them. Where the condition decided_by_verdict holds, rule and source
    are those of the row aliased verdicts.
#}
{% macro told(arguments=[], decided_by_verdict=none) %}
    {%- set citation = {'rule_id': "{0}.rule_id", 'source': "concat({0}.source_document, ': ', {0}.source_section)"} %}
    sentences.section,
    sentences.sort_order as sentence_order,
    sentences.sentence
    {%- for column, expression in citation.items() %},
    {% if decided_by_verdict -%}
    case when {{ decided_by_verdict }} then {{ expression.format('verdicts') }} else {{ expression.format('sentences') }} end
    {%- else -%}
    {{ expression.format('sentences') }}
    {%- endif %} as {{ column }}
    {%- endfor %}
    {%- for language in ['da', 'en'] %},
    {% if arguments %}trim(format(
        sentences.text_{{ language }}
        {%- for argument in arguments %},
        coalesce(cast({{ argument if argument is string else argument[language] }} as varchar), '')
        {%- endfor %}
    ))
    {%- else %}sentences.text_{{ language }}
    {%- endif %} as text_{{ language }}
    {%- endfor %}
{%- endmacro %}
