{# Internal join keys: 64-bit hashes of natural keys, stable between builds. Never published; tested to be unique. #}
{% macro person_key(person_id) -%}
    hash({{ person_id }})
{%- endmacro %}

{% macro spell_key(person_key, benefit_group, first_benefit_day) -%}
    hash({{ person_key }}, {{ benefit_group }}, {{ first_benefit_day }})
{%- endmacro %}
