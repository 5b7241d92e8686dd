-- Rules: all.
-- Every row of every seed names a rule, a source document, a section and, where it is not a sentence, a unit. No seed of the
-- project is left out of this test.
{% set seeds = [
    'active_focus_goals', 'benefits', 'calendar_dead_periods', 'code_names', 'contact_form_permissions', 'contact_regimes',
    'conversation_blackouts', 'conversation_types', 'conversation_verdicts', 'course_rules', 'dead_absence_codes',
    'duration_intervals', 'duration_thresholds', 'early_effort_groups', 'education_target_groups',
    'excluded_law_paragraphs', 'exemption_codes', 'explanation_sections', 'explanation_sentences', 'focus_goal_limits',
    'funding_pools', 'insurance_norms',
    'kl_company_offers', 'kl_conversation_intensity', 'kl_indicator_groups', 'kl_population_ages', 'kl_target_groups',
    'legal_dates', 'legal_parameters', 'municipalities', 'offer_regimes', 'offer_types', 'offer_verdicts',
    'payment_registers', 'pension_ages', 'supervision_deadlines', 'supervision_transitions', 'trial_municipalities',
] %}
{% set sentences = [
    'code_names', 'conversation_verdicts', 'explanation_sections', 'explanation_sentences', 'offer_verdicts',
    'supervision_transitions',
] %}
{% set left_out = [] %}
{% for node in (graph.nodes.values() if execute else []) if node.resource_type == 'seed' and node.name not in seeds %}
{% do left_out.append(node.name) %}
{% endfor %}
with citations as (
    {% for seed in seeds %}
    select
        '{{ seed }}' as seed,
        rule_id,
        source_document,
        source_section,
        {{ "'sentence'" if seed in sentences else 'unit' }} as unit
    from {{ ref(seed) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select distinct seed, rule_id, source_document, source_section, unit
    from citations
    where
        not coalesce(regexp_full_match(rule_id, '[BSDTMECOHGVKX]-[0-9]{2}'), false)
        or coalesce(source_document, '') not in (
            '000', '001', '002', '003', '004', 'rules.md', 'raw-contract.md', 'kommuner.csv'
        )
        or coalesce(trim(source_section), '') = ''
        or coalesce(trim(unit), '') = ''
    {% for seed in left_out %}
    union all
    select
        '{{ seed }}' as seed,
        'not listed in this test' as rule_id,
        null as source_document,
        null as source_section,
        null as unit
    {% endfor %}
)

select * from final
