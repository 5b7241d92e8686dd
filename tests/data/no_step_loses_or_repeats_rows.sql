-- Rules: S-01 to S-06, M-01 to M-04, C-01 to C-11, O-01 to O-07.
-- Steps that join look-ups to rows keep each row once: the tables along a chain have the same number of rows.
{% set chains = [
    ['int_merged_spells', 'int_spells', 'int_spell_clock_starts', 'fct_spells'],
    ['int_spell_months', 'int_measured_months', 'int_person_months', 'fct_person_months'],
    ['int_conversation_candidates', 'int_conversation_facts', 'int_conversation_verdicts', 'fct_conversation_decisions'],
    ['int_offer_candidates', 'int_offer_facts', 'int_offer_verdicts', 'fct_offer_decisions'],
    ['int_monthly_cells', 'mart_conversations_monthly', 'mart_offers_monthly'],
    ['int_supervision_figures', 'int_supervision_states', 'mart_supervision'],
] %}
with row_counts as (
    {% for chain in chains %}
    {% set first_table = chain[0] %}
    {% set outer_last = loop.last %}
    {% for table in chain %}
    select '{{ first_table }}' as first_table, '{{ table }}' as counted_table, count(*) as rows_found
    from {{ ref(table) }}
    {{ 'union all' if not (loop.last and outer_last) }}
    {% endfor %}
    {% endfor %}
),

final as (
    select
        row_counts.counted_table,
        row_counts.rows_found,
        row_counts.first_table,
        first_counts.rows_found as rows_expected
    from row_counts
    inner join row_counts as first_counts
        on
            row_counts.first_table = first_counts.first_table
            and first_counts.first_table = first_counts.counted_table
    where row_counts.rows_found <> first_counts.rows_found
)

select * from final
