-- Rules: M-12.
-- Early effort of one group is its monthly cell at six months, but none of a-dagpenge from January 2023; the goal is 80 percent.
with early_effort as (
    select *
    from {{ ref('mart_early_effort_monthly') }}
    where benefit_group <> 'all'
),

cells as (
    select
        conversations.area_type,
        conversations.area_code,
        conversations.measure_month,
        conversations.benefit_group,
        conversations.persons_measured as persons_measured_conversations,
        conversations.share_under_4,
        offers.persons_measured as persons_measured_offers,
        offers.persons_with_offer
    from {{ ref('mart_conversations_monthly') }} as conversations
    inner join {{ ref('mart_offers_monthly') }} as offers
        on
            conversations.area_type = offers.area_type
            and conversations.area_code = offers.area_code
            and conversations.measure_month = offers.measure_month
            and conversations.benefit_group = offers.benefit_group
            and conversations.duration_interval = offers.duration_interval
    where
        conversations.duration_interval = 'm06'
        and conversations.benefit_group <> 'all'
        and (conversations.benefit_group <> 'a_dagpenge' or conversations.measure_month < date '2023-01-01')
),

final as (
    select
        coalesce(early_effort.area_code, cells.area_code) as area_code,
        coalesce(early_effort.measure_month, cells.measure_month) as measure_month,
        coalesce(early_effort.benefit_group, cells.benefit_group) as benefit_group,
        early_effort.persons_measured_offers,
        early_effort.share_with_offer,
        early_effort.is_active_goal_met,
        cells.persons_with_offer
    from early_effort
    full join cells
        on
            early_effort.area_type = cells.area_type
            and early_effort.area_code = cells.area_code
            and early_effort.measure_month = cells.measure_month
            and early_effort.benefit_group = cells.benefit_group
    where
        early_effort.persons_measured_conversations is distinct from cells.persons_measured_conversations
        or early_effort.persons_measured_offers is distinct from cells.persons_measured_offers
        or early_effort.share_under_4 is distinct from cells.share_under_4
        or abs(early_effort.share_with_offer * cells.persons_measured_offers - cells.persons_with_offer) > 0.000001
        or early_effort.is_active_goal_met is distinct from case
            when cells.persons_measured_offers > 0 then cells.persons_with_offer * 5 >= cells.persons_measured_offers * 4
        end
)

select * from final
