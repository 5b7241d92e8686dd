-- Grain: person x KL target group x merged period of member days. Rules: K-01.
-- Benefit days that make a person a member, within the visitation category and below the age the seed names.
with benefit_days as (
    select
        benefit_intervals.person_key,
        {{ code('target_group', 'groups.target_group') }} as target_group,
        groups.visitation_category,
        greatest(benefit_intervals.start_date, groups.valid_from) as start_date,
        least(
            benefit_intervals.end_date,
            groups.valid_to,
            coalesce({{ add_months('persons.birth_date', '12 * groups.below_age') }} - 1, benefit_intervals.end_date)
        ) as end_date
    from {{ ref('int_benefit_intervals') }} as benefit_intervals
    inner join {{ ref('kl_target_groups') }} as groups on benefit_intervals.benefit = groups.benefit
    inner join {{ ref('int_persons') }} as persons
        on benefit_intervals.person_key = persons.person_key and persons.birth_date is not null
),

member_days as (
    select person_key, target_group, start_date, end_date
    from benefit_days
    where visitation_category = 'ALL' and start_date <= end_date
    union all
    select
        benefit_days.person_key,
        benefit_days.target_group,
        greatest(benefit_days.start_date, visitations.start_date) as start_date,
        least(benefit_days.end_date, visitations.end_date) as end_date
    from benefit_days
    inner join {{ ref('int_visitation_stretches') }} as visitations
        on
            benefit_days.person_key = visitations.person_key
            and benefit_days.visitation_category = visitations.visitation_category
            and benefit_days.start_date <= visitations.end_date
            and benefit_days.end_date >= visitations.start_date
    where benefit_days.start_date <= benefit_days.end_date
),

final as ({{ merge_intervals('member_days', ['person_key', 'target_group']) }})

select * from final
