-- Grain: area x year whose December is measured. Rules: G-03.
-- The year's figures are those of its December.
with final as (
    select
        area_type,
        area_code,
        cast(year(measure_month) as integer) as "year",
        months_in_window,
        avg_share_without_offer,
        offer_limit,
        is_offer_goal_met,
        avg_share_under_4,
        conversation_limit,
        is_conversation_goal_met
    from {{ ref('mart_focus_goals_monthly') }}
    where month(measure_month) = 12
)

select * from final
