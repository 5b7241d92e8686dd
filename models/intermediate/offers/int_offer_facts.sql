-- Grain: offer x spell with a day in common. Rules: what O-01 and O-03 to O-07 ask about, each as one yes or no.
{{ config(materialized='view') }}

with any_group as (
    select offer_id, bool_or(is_on_benefit) as is_on_benefit
    from {{ ref('int_education_target_offers') }}
    group by offer_id
),

final as (
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
    inner join {{ rules('offer_regimes') }} as regimes
        on candidates.offer_start_date between regimes.valid_from and regimes.valid_to
    left join {{ ref('int_education_target_offers') }} as own_group
        on candidates.offer_id = own_group.offer_id and candidates.benefit_group = own_group.benefit
    left join any_group on candidates.offer_id = any_group.offer_id
    left join {{ rules('excluded_law_paragraphs') }} as excluded
        on
            candidates.law_paragraph = excluded.law_paragraph
            and candidates.offer_start_date between excluded.valid_from and excluded.valid_to
    left join {{ rules('course_rules') }} as courses
        on
            candidates.course_id = courses.course_id
            and candidates.offer_start_date between courses.valid_from and courses.valid_to
    left join {{ rules('funding_pools') }} as pools
        on
            candidates.grant_frame = pools.grant_frame
            and candidates.offer_start_date between pools.valid_from and pools.valid_to
)

select * from final
