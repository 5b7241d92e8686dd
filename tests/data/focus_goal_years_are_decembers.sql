-- Rules: G-03.
-- The yearly row of an area is its row of December, column by column.
with decembers as (
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
),

years as (
    select
        area_type,
        area_code,
        "year",
        months_in_window,
        avg_share_without_offer,
        offer_limit,
        is_offer_goal_met,
        avg_share_under_4,
        conversation_limit,
        is_conversation_goal_met
    from {{ ref('mart_focus_goals_yearly') }}
),

final as (
    (
        select * from decembers
        except
        select * from years
    )
    union all
    (
        select * from years
        except
        select * from decembers
    )
)

select * from final
