-- Grain: area x measured month with a cell of all groups, 12 months and over. Rules: G-01, G-02, G-03.
with final as (
    select
        area_type,
        area_code,
        measure_month,
        cast(months_in_window as integer) as months_in_window,
        avg_share_without_offer,
        offer_limit,
        is_offer_goal_met,
        avg_share_under_4,
        conversation_limit,
        is_conversation_goal_met
    from {{ ref('int_focus_goal_averages') }}
    where benefit_group = 'all'
)

select * from final
