-- Grain: conversation x a-dagpenge spell, held on a day with another benefit and no a-dagpenge. Rules: C-11.
with final as (
    select candidates.conversation_id, candidates.spell_key
    from {{ ref('int_conversation_candidates') }} as candidates
    anti join {{ ref('int_dagpenge_days') }} as dagpenge_days
        on
            candidates.person_key = dagpenge_days.person_key
            and candidates.conversation_date between dagpenge_days.start_date and dagpenge_days.end_date
    semi join {{ ref('int_benefit_intervals') }} as benefit_intervals
        on
            candidates.person_key = benefit_intervals.person_key
            and candidates.conversation_date between benefit_intervals.start_date and benefit_intervals.end_date
    where candidates.benefit_group = 'a_dagpenge' and candidates.conversation_date >= candidates.spell_start_date
)

select * from final
