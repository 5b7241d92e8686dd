-- Grain: area x measured month x group (and all), 12 months and over. Rules: G-01, G-02, G-03.
-- Twelve-month averages of the monthly shares, with the limits in force and whether they are met.
with cells as (
    select
        area_type,
        area_code,
        measure_month,
        benefit_group,
        cast(persons_without as double) / nullif(persons_measured_offers, 0) as share_without,
        cast(persons_under_required as double) / nullif(persons_measured_conversations, 0) as share_under_4
    from {{ ref('int_monthly_cells') }}
    where duration_interval = '12_plus'
),

averages as (
    select
        cells.area_type,
        cells.area_code,
        cells.measure_month,
        cells.benefit_group,
        count(*) as months_in_window,
        {{ full_average('earlier.share_without') }} as avg_share_without_offer,
        {{ full_average('earlier.share_under_4') }} as avg_share_under_4
    from cells
    inner join cells as earlier
        on
            cells.area_type = earlier.area_type
            and cells.area_code = earlier.area_code
            and cells.benefit_group = earlier.benefit_group
            and cells.measure_month >= earlier.measure_month
            and earlier.measure_month > {{ add_months('cells.measure_month', '-' ~ legal_parameter('focus_goal_months')) }}
    group by cells.area_type, cells.area_code, cells.measure_month, cells.benefit_group
),

final as (
    select
        averages.*,
        offer_limits.limit_percent / 100.0 as offer_limit,
        averages.avg_share_without_offer < offer_limits.limit_percent / 100.0 as is_offer_goal_met,
        conversation_limits.limit_percent / 100.0 as conversation_limit,
        averages.avg_share_under_4 < conversation_limits.limit_percent / 100.0 as is_conversation_goal_met
    from averages
    inner join {{ rules('focus_goal_limits') }} as offer_limits
        on
            offer_limits.focus_goal = 'offers'
            and averages.measure_month between offer_limits.valid_from and offer_limits.valid_to
    inner join {{ rules('focus_goal_limits') }} as conversation_limits
        on
            conversation_limits.focus_goal = 'conversations'
            and averages.measure_month between conversation_limits.valid_from and conversation_limits.valid_to
)

select * from final
