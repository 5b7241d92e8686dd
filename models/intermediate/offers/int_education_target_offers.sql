-- Grain: offer started in the education target group x the benefit that makes it so. Rules: O-05, O-07.
-- The visitation category held on the offer's start date decides where the seed names one.
with final as (
    select
        offers.offer_id,
        target_groups.benefit,
        coalesce(bool_or(benefit_intervals.person_key is not null), false) as is_on_benefit
    from {{ ref('stg_plan__offers') }} as offers
    inner join {{ rules('education_target_groups') }} as target_groups
        on offers.start_date between target_groups.valid_from and target_groups.valid_to
    left join {{ ref('int_visitation_stretches') }} as visitations
        on
            offers.person_key = visitations.person_key
            and target_groups.visitation_category = visitations.visitation_category
            and offers.start_date between visitations.start_date and visitations.end_date
    left join {{ ref('int_benefit_intervals') }} as benefit_intervals
        on
            offers.person_key = benefit_intervals.person_key
            and target_groups.benefit = benefit_intervals.benefit
            and offers.start_date between benefit_intervals.start_date and benefit_intervals.end_date
    where target_groups.visitation_category = 'ALL' or visitations.person_key is not null
    group by offers.offer_id, target_groups.benefit
)

select * from final
