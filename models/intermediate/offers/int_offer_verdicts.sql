-- Grain: offer x spell with a day in common. Rules: O-01, O-03 to O-07, in the order for decisions.
-- The first that applies decides whether the offer can count, and whether only from seven months.
with judged as (
    select
        *,
        case
            when always_qualifies and has_counting_day then 'always_qualifying'
            when always_qualifies then 'mentor_after_end'
            when regime = 'O-04' then 'started_before_2023'
            when is_in_education_target_group then 'education_target'
            when is_started_in_education_target_group then 'started_on_education_assistance'
            when is_other_guidance then 'other_guidance'
            when course_condition = 'always' then 'listed_course'
            when course_condition = 'seven_months' then 'late_course'
            when course_condition = 'funded' and is_funded then 'funded_course'
            else 'unlisted_course'
        end as verdict
    from {{ ref('int_offer_facts') }}
),

final as (
    select
        judged.offer_id,
        judged.spell_key,
        judged.person_key,
        judged.first_counting_day,
        judged.last_counting_day,
        verdicts.verdict,
        verdicts.is_qualifying,
        verdicts.needs_seven_months
    from judged
    inner join {{ rules('offer_verdicts') }} as verdicts on judged.verdict = verdicts.verdict
)

select * from final
