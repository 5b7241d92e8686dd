{#
    The rule catalogue, joined to the project itself: what dbt knows of its seeds, models and tests when a model runs.
#}

{# Every seed with legal parameters: all but those of the catalogue. A seed that is not listed fails a test. #}
{% macro parameter_seeds() -%}
    {{- return([
        'active_focus_goals', 'benefits', 'calendar_dead_periods', 'contact_form_permissions', 'contact_regimes',
        'conversation_blackouts', 'conversation_types', 'conversation_verdicts', 'course_rules', 'dead_absence_codes',
        'duration_intervals', 'duration_thresholds', 'early_effort_groups', 'education_target_groups',
        'excluded_law_paragraphs', 'exemption_codes', 'focus_goal_limits', 'funding_pools', 'insurance_norms',
        'kl_company_offers', 'kl_conversation_intensity', 'kl_indicator_groups', 'kl_population_ages', 'kl_target_groups',
        'legal_dates', 'legal_parameters', 'method_changes', 'method_history', 'municipalities', 'offer_regimes',
        'offer_types', 'offer_verdicts', 'payment_registers', 'pension_ages', 'supervision_deadlines',
        'supervision_transitions', 'trial_municipalities',
    ]) -}}
{%- endmacro %}

{# Nodes of one kind with a text of each, as [name, text]; empty while dbt only parses. #}
{% macro project_texts(kind) -%}
    {%- set found = [] -%}
    {%- for node in (graph.nodes.values() if execute else []) | sort(attribute='unique_id') if node.package_name == 'fokusmaal' and node.resource_type == kind -%}
        {%- if kind == 'seed' -%}
            {%- do found.append([node.name, node.description]) -%}
        {%- else -%}
            {%- do found.append([node.name, node.raw_code.split('\n')[0]]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}

{# The dbt unit tests, as [name, description]. #}
{% macro unit_test_texts() -%}
    {%- set found = [] -%}
    {%- for node in (graph.unit_tests.values() if execute else []) | sort(attribute='unique_id') if node.package_name == 'fokusmaal' -%}
        {%- do found.append([node.name, node.description]) -%}
    {%- endfor -%}
    {{- return(found) -}}
{%- endmacro %}

{#
    The rules that texts name, as rows of name, first_rule_id and last_rule_id: `S-01 to S-06` is one row, `B-07` is a row
    whose first and last are equal. texts: a list of [name, text].
#}
{% macro named_rules(texts) %}
    select name, first_rule_id, last_rule_id
    from (
        values
        {%- for name, text in texts %}
        {%- for first, last in modules.re.findall('\\b([A-Z]-[0-9]{2})\\b(?: to ([A-Z]-[0-9]{2})\\b)?', text) %}
        ('{{ name }}', '{{ first }}', '{{ last or first }}'),
        {%- endfor %}
        {%- endfor %}
        (null, null, null)
    ) as named (name, first_rule_id, last_rule_id)
    where name is not null
{% endmacro %}
