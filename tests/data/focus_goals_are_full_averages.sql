-- Rules: G-01, G-02, G-03.
-- Every area and month with a cell (all groups, 12 months and over) has a focus goal row: the simple average of twelve monthly
-- shares, or null where a month or a share is missing; never an average of fewer.
with cells as (
    select
        conversations.area_type,
        conversations.area_code,
        conversations.measure_month,
        conversations.share_under_4,
        offers.share_without
    from {{ ref('mart_conversations_monthly') }} as conversations
    inner join {{ ref('mart_offers_monthly') }} as offers
        on
            conversations.area_type = offers.area_type
            and conversations.area_code = offers.area_code
            and conversations.measure_month = offers.measure_month
            and conversations.benefit_group = offers.benefit_group
            and conversations.duration_interval = offers.duration_interval
    where conversations.benefit_group = 'all' and conversations.duration_interval = '12_plus'
),

averages as (
    select
        cells.area_type,
        cells.area_code,
        cells.measure_month,
        count(*) as months_in_window,
        case when count(earlier.share_without) = 12 then avg(earlier.share_without) end as avg_share_without_offer,
        case when count(earlier.share_under_4) = 12 then avg(earlier.share_under_4) end as avg_share_under_4
    from cells
    inner join cells as earlier
        on
            cells.area_type = earlier.area_type
            and cells.area_code = earlier.area_code
            and earlier.measure_month between {{ add_months('cells.measure_month', -11) }} and cells.measure_month
    group by cells.area_type, cells.area_code, cells.measure_month
),

final as (
    select
        coalesce(averages.area_code, goals.area_code) as area_code,
        coalesce(averages.measure_month, goals.measure_month) as measure_month,
        averages.months_in_window as months_expected,
        goals.months_in_window,
        averages.avg_share_without_offer as offers_expected,
        goals.avg_share_without_offer,
        averages.avg_share_under_4 as conversations_expected,
        goals.avg_share_under_4
    from averages
    full join {{ ref('mart_focus_goals_monthly') }} as goals
        on
            averages.area_type = goals.area_type
            and averages.area_code = goals.area_code
            and averages.measure_month = goals.measure_month
    where
        averages.months_in_window is distinct from goals.months_in_window
        or (averages.avg_share_without_offer is null) <> (goals.avg_share_without_offer is null)
        or (averages.avg_share_under_4 is null) <> (goals.avg_share_under_4 is null)
        or abs(averages.avg_share_without_offer - goals.avg_share_without_offer) > 0.000000001
        or abs(averages.avg_share_under_4 - goals.avg_share_under_4) > 0.000000001
)

select * from final
