-- Grain: held conversation x spell it may count in. Rules: C-01 to C-11, in the order for decisions.
-- The first that applies decides; last, of those admitted on one day only the smallest conversation id (as text) stays.
with first_verdicts as (
    select
        conversation_id,
        spell_key,
        person_key,
        conversation_date,
        case
            when not is_admitted_type and is_sickness then 'not_sickness_follow_up'
            when not is_admitted_type then 'not_job_conversation'
            when is_suspended then 'suspension'
            when is_dead_day then 'dead_day'
            when is_sickness then 'sickness_follow_up'
            when is_on_other_benefit then 'other_benefit'
            when permits_personal then 'personal'
            when permits_in_offer and is_in_offer then 'in_offer'
            when permits_after_six_months and is_after_six_months then 'after_six_months'
            when permits_corona then 'corona'
            when (permits_first or (permits_later and not is_first_date)) and is_before_start then 'new_rules_before_start'
            when permits_first or (permits_later and not is_first_date) then 'new_rules'
            when is_trial_form then 'trial_municipality'
            when regime = 'C-09' then 'form_from_2023'
            else 'form_before_2023'
        end as verdict
    from {{ ref('int_conversation_facts') }}
),

admissions as (
    select
        first_verdicts.*,
        verdicts.is_admitted
        and row_number() over (
            partition by first_verdicts.spell_key, first_verdicts.conversation_date, verdicts.is_admitted
            order by first_verdicts.conversation_id
        ) > 1 as is_surplus
    from first_verdicts
    inner join {{ ref('conversation_verdicts') }} as verdicts on first_verdicts.verdict = verdicts.verdict
),

final as (
    select
        admissions.conversation_id,
        admissions.spell_key,
        admissions.person_key,
        admissions.conversation_date,
        verdicts.verdict,
        verdicts.is_admitted
    from admissions
    inner join {{ ref('conversation_verdicts') }} as verdicts
        on case when admissions.is_surplus then 'same_day' else admissions.verdict end = verdicts.verdict
)

select * from final
