-- Grain: municipality x measured month x KL target group. Rules: K-01, K-02.
-- Persons are the runs begun less the runs ended through the month; each gives the days of the month, less those missing.
with run_ends as (
    select
        runs.municipality_code,
        runs.target_group,
        case when ends.is_begin then runs.first_month else runs.until_month end as measure_month,
        case when ends.is_begin then 1 else -1 end as persons,
        case when ends.is_begin then runs.missing_days else 0 end as missing_days
    from {{ ref('int_kl_member_runs') }} as runs
    cross join (values (true), (false)) as ends (is_begin)
),

changes as (
    select
        municipality_code,
        target_group,
        measure_month,
        sum(persons) as persons,
        sum(missing_days) as missing_days
    from run_ends
    group by municipality_code, target_group, measure_month
),

first_changes as (
    select municipality_code, target_group, min(measure_month) as measure_month
    from changes
    group by municipality_code, target_group
),

members as (
    select
        first_changes.municipality_code,
        first_changes.target_group,
        months.measure_month,
        months.month_end,
        sum(changes.persons) over (
            partition by first_changes.municipality_code, first_changes.target_group order by months.measure_month
        ) as persons,
        coalesce(changes.missing_days, 0) as missing_days
    from first_changes
    inner join {{ ref('int_months') }} as months on first_changes.measure_month <= months.measure_month
    left join changes
        on
            first_changes.municipality_code = changes.municipality_code
            and first_changes.target_group = changes.target_group
            and months.measure_month = changes.measure_month
),

final as (
    select
        members.municipality_code,
        members.measure_month,
        members.target_group,
        members.persons,
        members.persons * (members.month_end - members.measure_month + 1) - members.missing_days as member_days,
        coalesce(offers.persons_with_company_offer, 0) as persons_with_company_offer,
        coalesce(offers.offer_days, 0) as offer_days
    from members
    left join {{ ref('int_kl_offer_cells') }} as offers
        on
            members.municipality_code = offers.municipality_code
            and members.measure_month = offers.measure_month
            and members.target_group = offers.target_group
    where members.persons > 0
)

select * from final
