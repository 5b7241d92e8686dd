-- Grain: area x measured month with a cell of all groups, 12 months and over. Rules: G-01, G-02, G-03.
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
        {{ full_average('earlier.share_without') }} as avg_share_without_offer,
        {{ full_average('earlier.share_under_4') }} as avg_share_under_4
    from cells
    inner join cells as earlier
        on
            cells.area_type = earlier.area_type
            and cells.area_code = earlier.area_code
            and earlier.measure_month <= cells.measure_month
            and earlier.measure_month > {{ add_months('cells.measure_month', '-' ~ legal_parameter('focus_goal_months')) }}
    group by cells.area_type, cells.area_code, cells.measure_month
),

final as (
    select
        averages.area_type,
        averages.area_code,
        averages.measure_month,
        cast(averages.months_in_window as integer) as months_in_window,
        averages.avg_share_without_offer,
        offer_limits.limit_percent / 100.0 as offer_limit,
        averages.avg_share_without_offer < offer_limits.limit_percent / 100.0 as is_offer_goal_met,
        averages.avg_share_under_4,
        conversation_limits.limit_percent / 100.0 as conversation_limit,
        averages.avg_share_under_4 < conversation_limits.limit_percent / 100.0 as is_conversation_goal_met
    from averages
    inner join {{ ref('focus_goal_limits') }} as offer_limits
        on
            offer_limits.focus_goal = 'offers'
            and averages.measure_month between offer_limits.valid_from and offer_limits.valid_to
    inner join {{ ref('focus_goal_limits') }} as conversation_limits
        on
            conversation_limits.focus_goal = 'conversations'
            and averages.measure_month between conversation_limits.valid_from and conversation_limits.valid_to
)

select * from final
