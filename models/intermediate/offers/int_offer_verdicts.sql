-- Grain: offer x spell with a day in common. Rules: O-01, O-03 to O-07, in the order for decisions.
-- The first that applies decides whether the offer can count, and whether only from seven months.
with facts as (
    select
        candidates.*,
        regimes.regime,
        candidates.first_counting_day <= candidates.last_counting_day as has_counting_day,
        own_group.benefit is not null as is_in_education_target_group,
        coalesce(any_group.is_on_benefit, false) as is_started_in_education_target_group,
        excluded.law_paragraph is not null as is_other_guidance,
        courses.condition as course_condition,
        pools.grant_frame is not null as is_funded
    from {{ ref('int_offer_candidates') }} as candidates
    inner join {{ ref('offer_regimes') }} as regimes
        on candidates.offer_start_date between regimes.valid_from and regimes.valid_to
    left join {{ ref('int_education_target_offers') }} as own_group
        on candidates.offer_id = own_group.offer_id and candidates.benefit_group = own_group.benefit
    left join (
        select offer_id, bool_or(is_on_benefit) as is_on_benefit
        from {{ ref('int_education_target_offers') }}
        group by offer_id
    ) as any_group on candidates.offer_id = any_group.offer_id
    left join {{ ref('excluded_law_paragraphs') }} as excluded
        on
            candidates.law_paragraph = excluded.law_paragraph
            and candidates.offer_start_date between excluded.valid_from and excluded.valid_to
    left join {{ ref('course_rules') }} as courses
        on
            candidates.course_id = courses.course_id
            and candidates.offer_start_date between courses.valid_from and courses.valid_to
    left join {{ ref('funding_pools') }} as pools
        on
            candidates.grant_frame = pools.grant_frame
            and candidates.offer_start_date between pools.valid_from and pools.valid_to
),

judged as (
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
    from facts
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
    inner join {{ ref('offer_verdicts') }} as verdicts on judged.verdict = verdicts.verdict
)

select * from final
