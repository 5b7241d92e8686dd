-- Grain: person x measured month x benefit with a register row or benefit day x line. Rules: all from B-01 to O-08.
-- The whole explanation of a person in a month, a sentence a line, in the order to read it.
{% set subjects = [
    'explain_population', 'explain_results', 'explain_municipality', 'explain_spells', 'explain_payments',
    'explain_day_changes', 'explain_gaps', 'explain_dead_periods', 'explain_clock', 'explain_exemption_days',
    'explain_exemptions', 'explain_conversations', 'explain_offers', 'explain_hours', 'explain_cell_lines',
] %}
with lines as (
    {% for subject in subjects %}
    select
        person_id,
        measure_month,
        benefit_group,
        section,
        sentence_order,
        from_date,
        to_date,
        amount,
        unit,
        is_counted,
        sentence,
        rule_id,
        source,
        text_da,
        text_en
    from {{ ref(subject) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        lines.person_id,
        lines.measure_month,
        lines.benefit_group,
        lines.section,
        sections.section_order,
        cast(row_number() over (
            partition by lines.person_id, lines.measure_month, lines.benefit_group
            order by sections.section_order, lines.sentence_order, lines.from_date, lines.to_date, lines.text_en
        ) as integer) as line_number,
        lines.from_date,
        lines.to_date,
        lines.amount,
        lines.unit,
        lines.is_counted,
        lines.sentence,
        lines.rule_id,
        lines.source,
        lines.text_da,
        lines.text_en
    from lines
    left join {{ ref('explanation_sections') }} as sections on lines.section = sections.section
)

select * from final
